import type postgres from "postgres";
import { uuidv7 } from "uuidv7";
import { packHexJson } from "../../_shared/registers/packed-json.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import { keysOfCase } from "../acceptance/duplicate-keys.ts";
import type { DossierKinds } from "../definitions/dossier-kind.ts";
import type { NewOrder } from "../payments/new-order.ts";
import { packHoldings } from "../time-ledger/stored-holdings.ts";
import { type LiveDossier, loadDossier } from "./dossier.ts";
import { packEntries } from "./stored-history.ts";
import type { Transition } from "./transition.ts";
import type { Work } from "./work.ts";

/** Right of one worker to work on a step until it expires by the database's clock. A later lease has a higher fencing token. */
export type Lease = {
  dossierId: string;
  stepId: string;
  key: string;
  fencingToken: number;
  work: Work;
};

/**
 * Leases up to `limit` due steps that have no valid lease. Locks the dossier before its steps, as every writer does. Skips
 * dossiers that another worker has locked.
 */
export async function leaseDueSteps(sql: postgres.Sql, limit: number, leaseMs: number): Promise<Lease[]> {
  return sql<Lease[]>`
    with due as materialized (
      select s.id, s.dossier_id from steps s join dossiers d on d.id = s.dossier_id
       where s.work is not null and s.next_attempt_at <= now() and (s.lease_until is null or s.lease_until < now())
       order by s.next_attempt_at limit ${limit} for update of d skip locked
    ), leased as (
      update steps s set fencing_token = s.fencing_token + 1, lease_until = now() + ${leaseMs} * interval '1 millisecond'
        from due where s.id = due.id and s.work is not null and s.next_attempt_at <= now()
         and (s.lease_until is null or s.lease_until < now())
      returning s.id as "stepId", s.dossier_id as "dossierId", s.key, s.fencing_token as "fencingToken", s.work
    ), bumped as (
      update dossiers set revision = revision + 1 where id in (select "dossierId" from leased)
    )
    select * from leased`;
}

/**
 * Writes a transition in one statement, if the dossier is still at the revision it was made from.
 * @returns the dossier as it is now and the leases that the writer has taken, or null if another writer came first.
 */
export async function writeTransition(
  sql: postgres.Sql,
  before: LiveDossier,
  next: Transition,
  at: Date,
  leaseMs: number,
): Promise<{ dossier: LiveDossier; leases: Lease[] } | null> {
  const steps = next.steps.map(({ agency, procedure, facts, ...change }) => ({
    ...change,
    facts: facts && packHexJson(facts),
  }));
  // by the keys themselves, because no index leads from a dossier to its keys
  const released = next.releasesDuplicateKeys ? keysOfCase(before.kind, before.request) : [];
  const [written] = await sql<{ tokens: Record<string, number> | null }[]>`
    with d as (
      update dossiers set revision = revision + 1, state = ${next.state}, outcome = ${next.outcome},
             completed_at = case when ${next.completed} then ${at} else completed_at end,
             updated_at = ${at}, due_at = ${next.dueAt}, clock = ${next.clock && sql.json(next.clock as never)},
             holdings = ${packHoldings(next.holdings)},
             certificate = ${next.certificate && sql.json(next.certificate as never)},
             marks = ${sql.json(next.marks as never)}, deadline_at = ${next.deadlineAt},
             parties = case when ${next.newParty}::text = any(string_to_array(parties, ' ')) then parties
                            else concat_ws(' ', nullif(parties, ''), ${next.newParty}::text) end
       where id = ${before.id} and revision = ${before.revision} returning id
    ), s as (
      update steps set state = v.state, delivery = v.delivery, attempts = v.attempts, failures = v.failures, instruction = v.instruction,
             first_sent_at = v."firstSentAt", released_at = v."releasedAt", clock = v.clock, due_at = v."dueAt", completed_at = v."completedAt", refusal = v.refusal, supplement = v.supplement,
             result_type = v."resultType", result_id = v."resultId", facts = v.facts::bytea, likenesses = coalesce(v.likenesses, steps.likenesses), work = v.work,
             next_attempt_at = case when v.work is null then null else now() + coalesce(v."afterMs", 0) * interval '1 millisecond' end,
             lease_until = case when v.lease then now() + ${leaseMs} * interval '1 millisecond' end,
             fencing_token = steps.fencing_token + case when v.lease then 1 else 0 end
        from d, jsonb_to_recordset(${sql.json(steps as never)}::jsonb) as v(
             id uuid, state step_state, delivery step_delivery, attempts int, failures int, instruction text,
             "firstSentAt" timestamptz, "releasedAt" timestamptz, clock jsonb, "dueAt" timestamptz, "completedAt" timestamptz,
             refusal jsonb, supplement jsonb, "resultType" text, "resultId" uuid, facts text, likenesses jsonb, work text, "afterMs" int, lease boolean)
       where steps.id = v.id and steps.dossier_id = d.id
      returning steps.id, steps.fencing_token
    ), h as (
      insert into history (dossier_id, at, entries)
      select d.id, ${at}, ${packEntries(next.history)} from d where ${next.history.length > 0}
    )${paymentChange(sql, before, next, at)}, k as (
      delete from dossier_duplicate_keys using jsonb_array_elements_text(${sql.json(released)}) released
       where key = released.value::uuid and dossier_id in (select id from d)
    )
    select (select json_object_agg(id, fencing_token) from s) as tokens from d`;
  if (!written) return null;
  return after(before, next, written.tokens ?? {});
}

/** Parts of the statement that write the payment order; nothing for a transition that leaves it, as most do. */
function paymentChange(sql: postgres.Sql, before: LiveDossier, { payment, newOrder, refunds }: Transition, at: Date) {
  if (newOrder) return insertedOrder(sql, newOrder);
  if (payment === before.payment || !payment) return sql``;
  const { state, refundVnd, refundedVnd } = payment;
  return sql`, p as (
      update payments set state = ${state}, refund_vnd = ${refundVnd}, refunded_vnd = ${refundedVnd},
             queries = case when payments.state = ${state} then payments.queries else 0 end,
             next_attempt_at = case when payments.state = ${state} then payments.next_attempt_at
                                    when payments.pay_url is not null then now() end
        from d where payments.dossier_id = d.id
      returning payments.id, payments.payment_method
    ), r as (
      insert into payment_refunds (id, payment_id, amount_vnd, at, next_attempt_at)
      select gen_random_uuid(), p.id, amount.value::bigint, ${at}, case when p.payment_method = 'ELECTRONIC' then now() end
        from p, jsonb_array_elements_text(${sql.json([...refunds])}::jsonb) amount
    )`;
}

/** The order that an agency's answer has made. */
function insertedOrder(sql: postgres.Sql, { payment: { state, amountVnd, lines }, payBy, electronic }: NewOrder) {
  return sql`, o as (
      insert into payments (id, dossier_id, state, amount_vnd, lines, pay_by, next_attempt_at)
      select ${uuidv7()}::uuid, d.id, ${state}, ${amountVnd}::bigint, ${sql.json(lines as never)}::jsonb, ${payBy}::timestamptz,
             case when ${electronic} then now() end
        from d
    )`;
}

function after(before: LiveDossier, next: Transition, tokens: Record<string, number>) {
  const changes = new Map(next.steps.map((change) => [change.id, change]));
  const dossier: LiveDossier = {
    ...before,
    revision: before.revision + 1,
    ...{ clock: next.clock, dueAt: next.dueAt, holdings: next.holdings, marks: next.marks },
    ...{ payment: next.payment, certificate: next.certificate },
    state: next.state,
    outcome: next.outcome,
    steps: before.steps.map((step) => {
      const change = changes.get(step.id);
      if (!change) return step;
      const { afterMs, lease, likenesses, ...stored } = change;
      return { ...stored, fencingToken: tokens[step.id] ?? step.fencingToken };
    }),
  };
  const leases = next.steps
    .filter((change) => change.lease)
    .map((change) => ({
      dossierId: before.id,
      stepId: change.id,
      key: change.key,
      fencingToken: tokens[change.id] ?? change.fencingToken + 1,
      work: "DELIVER" as const,
    }));
  return { dossier, leases };
}

/** Ends the backoff of an agency's deliveries when it responds again, spread over two seconds. */
export async function hastenDeliveries(sql: postgres.Sql, agency: AgencyCode): Promise<void> {
  await sql`
    update steps set next_attempt_at = now() + random() * interval '2 seconds' where id in (
      select id from steps where work = 'DELIVER' and agency = ${agency} and failures > 0
         and lease_until is null and next_attempt_at > now() + interval '2 seconds' for update skip locked)`;
}

/** Newest state of the dossier; null if another worker has leased the step since. */
export async function loadForLease(sql: postgres.Sql, kinds: DossierKinds, lease: Lease): Promise<LiveDossier | null> {
  const dossier = await loadDossier(sql, kinds, lease.dossierId);
  return dossier && isHeld(dossier, lease) ? dossier : null;
}

/** True if no later lease of the step exists. */
export function isHeld(dossier: LiveDossier, lease: Lease): boolean {
  return dossier.steps.find((step) => step.id === lease.stepId)?.fencingToken === lease.fencingToken;
}
