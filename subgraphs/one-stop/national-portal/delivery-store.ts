import { sql as query } from "drizzle-orm";
import type postgres from "postgres";
import type { Tx } from "../../_shared/serving/database.ts";
import type { Change } from "../changes/types.ts";
import type { DeliveryRecord } from "./delivery-plan.ts";
import type { FoundProblem } from "./delivery-problem.ts";
import { portalDeliveries } from "./tables.ts";

/** Right of one worker to deliver a dossier until it expires by the database's clock. A later lease has a higher fencing token. */
export type DeliveryLease = DeliveryRecord & {
  dossierId: string;
  code: string;
  takenRow: number;
  /** Turns in a row that the portal has not answered. */
  failures: number;
  /** Refusals since the last delivery, or since a person acted. */
  refusals: number;
  fencingToken: number;
};

/** Another worker has taken the dossier since. */
export class LeaseLost extends Error {}

/** Marks the dossiers of these changes as due, unless a person has to act first. */
export async function markDue(tx: Tx, changes: readonly Pick<Change, "dossierId" | "position">[]): Promise<void> {
  const rows = new Map<string, number>();
  for (const { dossierId, position } of changes) rows.set(dossierId, Math.max(rows.get(dossierId) ?? 0, position.row));
  const { takenRow, problem, nextAttemptAt } = portalDeliveries;
  await tx
    .insert(portalDeliveries)
    .values([...rows].map(([id, row]) => ({ dossierId: id, takenRow: row, nextAttemptAt: query`now()` })))
    .onConflictDoUpdate({
      target: portalDeliveries.dossierId,
      set: {
        takenRow: query`greatest(${takenRow}, excluded.taken_row)`,
        nextAttemptAt: query`case when ${problem} is null then coalesce(${nextAttemptAt}, now()) end`,
      },
    });
}

const LEASED = `d.dossier_id as "dossierId", o.code, d.taken_row::float8 as "takenRow", d.sent_steps as "sentSteps",
  d.accepted_differences as "acceptedDifferences", d.correction, d.failures, d.refusals, d.fencing_token::float8 as "fencingToken"`;

/** Leases up to `limit` dossiers with something to deliver. */
export async function leaseDue(sql: postgres.Sql, limit: number, leaseMs: number): Promise<DeliveryLease[]> {
  return sql<DeliveryLease[]>`
    update portal_deliveries d
       set fencing_token = d.fencing_token + 1, lease_until = now() + ${leaseMs} * interval '1 millisecond'
      from dossiers o
     where o.id = d.dossier_id and d.dossier_id in (
       select dossier_id from portal_deliveries
        where next_attempt_at <= now() and (lease_until is null or lease_until < now())
        order by next_attempt_at limit ${limit} for update skip locked)
    returning ${sql.unsafe(LEASED)}`;
}

/** Leases one dossier whatever its state, for a reconciliation. Null while another worker holds it. */
export async function leaseOne(sql: postgres.Sql, dossierId: string, leaseMs: number): Promise<DeliveryLease | null> {
  await sql`
    insert into portal_deliveries (dossier_id, taken_row) values (${dossierId}, 0) on conflict (dossier_id) do nothing`;
  const [lease] = await sql<DeliveryLease[]>`
    update portal_deliveries d
       set fencing_token = d.fencing_token + 1, lease_until = now() + ${leaseMs} * interval '1 millisecond'
      from dossiers o
     where o.id = d.dossier_id and d.dossier_id = ${dossierId} and (d.lease_until is null or d.lease_until < now())
    returning ${sql.unsafe(LEASED)}`;
  return lease ?? null;
}

/** Record of a dossier's deliveries, for a comparison that changes nothing. */
export async function recordOf(sql: postgres.Sql, dossierId: string): Promise<DeliveryRecord> {
  const [row] = await sql<DeliveryRecord[]>`
    select sent_steps as "sentSteps", accepted_differences as "acceptedDifferences", correction
      from portal_deliveries where dossier_id = ${dossierId}`;
  return row ?? { sentSteps: 0, acceptedDifferences: 0, correction: null };
}

/** Extends the lease before a call, and records what the portal has acknowledged. @throws LeaseLost */
export async function keepLease(
  sql: postgres.Sql,
  { dossierId, fencingToken }: DeliveryLease,
  sentSteps: number,
  leaseMs: number,
): Promise<void> {
  const kept = await sql`
    update portal_deliveries set sent_steps = ${sentSteps}, lease_until = now() + ${leaseMs} * interval '1 millisecond'
     where dossier_id = ${dossierId} and fencing_token = ${fencingToken} returning 1 as kept`;
  if (kept.length === 0) throw new LeaseLost();
}

/** Records that all is delivered up to the row. The dossier is due again if the consumer has taken a later row meanwhile. */
export async function recordDelivered(sql: postgres.Sql, lease: DeliveryLease, newestRow: number, sentSteps: number) {
  await sql`
    update portal_deliveries
       set sent_steps = ${sentSteps}, delivered_at = now(), failures = 0, refusals = 0, lease_until = null,
           problem = null, problem_at = null, words = null, differences = 0,
           next_attempt_at = case when taken_row > ${newestRow} then now() end
     where dossier_id = ${lease.dossierId} and fencing_token = ${lease.fencingToken}`;
}

/** The delivery stops until a person acts. */
export async function recordProblem(
  sql: postgres.Sql,
  lease: DeliveryLease,
  { problem, words, differences }: FoundProblem,
  now: Date,
): Promise<void> {
  await sql`
    update portal_deliveries
       set problem = ${problem}, words = ${words}, problem_at = ${now}, differences = ${differences}, failures = 0,
           next_attempt_at = null, lease_until = null
     where dossier_id = ${lease.dossierId} and fencing_token = ${lease.fencingToken}`;
}

/** The next turn follows after a pause. */
export async function recordFailure(
  sql: postgres.Sql,
  lease: DeliveryLease,
  { words, afterMs }: { words: string; afterMs: number },
): Promise<void> {
  await sql`
    update portal_deliveries
       set failures = failures + 1, words = ${words}, problem = null, problem_at = null, lease_until = null,
           next_attempt_at = now() + ${afterMs} * interval '1 millisecond'
     where dossier_id = ${lease.dossierId} and fencing_token = ${lease.fencingToken}`;
}

/** A first refusal: the next turn asks the portal anew, at once. */
export async function recordRefusal(sql: postgres.Sql, lease: DeliveryLease, words: string): Promise<void> {
  await sql`
    update portal_deliveries
       set refusals = refusals + 1, failures = 0, words = ${words}, lease_until = null, next_attempt_at = now(),
           problem = null, problem_at = null
     where dossier_id = ${lease.dossierId} and fencing_token = ${lease.fencingToken}`;
}

/** Deliveries that lacked an entry of the mappings are due again: the file may be complete now. */
export async function retryMappings(sql: postgres.Sql): Promise<void> {
  await sql`
    update portal_deliveries set problem = null, problem_at = null, next_attempt_at = now()
     where problem = 'MAPPING_MISSING'`;
}
