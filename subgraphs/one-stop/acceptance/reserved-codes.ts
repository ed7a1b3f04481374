import type postgres from "postgres";
import type { Caller } from "../../_shared/identity/caller.ts";
import { addDays, endOfDay, legalDayOf } from "../../_shared/reference/days.ts";
import { officeAgencyCode } from "../../_shared/reference/offices.ts";
import { type OpenDatabase, violatedUnique } from "../../_shared/serving/database.ts";
import { bodyHash, demandIdempotencyKey } from "../../_shared/serving/idempotency.ts";
import type { OneStopConfiguration } from "../configuration.ts";
import { codeOf, FIRST_RESERVED } from "./dossier-codes.ts";
import {
  codeAlreadyVoid,
  codeNotReserved,
  idempotencyConflict,
  ownProblem,
  type Problem,
  reservedCodeUsed,
} from "./problems.ts";

/** Days during which a desk may use its block; the longest network outage that a desk has to bridge. */
const VALID_DAYS = 7;

type Reservation = { codes: string[]; validUntil: Date | null; problems: Problem[] };

/**
 * Reserves a block of codes for a desk, durably and once for each key. The numbers are beyond those of the ordinary counter, so
 * no other dossier can get one.
 */
export async function reserveCodes(
  { sql }: OpenDatabase,
  { officeCodes, failpoints }: OneStopConfiguration,
  { caller, office, count, idempotencyKey, now }: ReservationRequest,
): Promise<Reservation> {
  demandIdempotencyKey(idempotencyKey);
  const hash = bodyHash({ office, count });
  const day = legalDayOf(now);
  const validUntil = endOfDay(addDays(day, VALID_DAYS));
  const agencyCode = officeAgencyCode(office, officeCodes);
  await sql.begin(async (transaction) => {
    const tx = transaction as unknown as postgres.Sql; // the same functions, on one connection
    const [fresh] = await tx`
      insert into code_reservations (owner, idempotency_key, body_hash, office, at, valid_until)
      values (${caller.subject}, ${idempotencyKey}, ${hash}, ${office}, ${now}, ${validUntil})
      on conflict (owner, idempotency_key) do nothing returning owner`;
    if (!fresh) return;
    const [row] = await tx<{ last: number }[]>`
      insert into code_counters (agency_code, day, last)
      values (${`${agencyCode} reserved`}, ${day}, ${FIRST_RESERVED + count - 1})
      on conflict (agency_code, day) do update set last = code_counters.last + ${count} returning last`;
    const last = row?.last ?? 0;
    const codes = Array.from({ length: count }, (_, place) => codeOf(agencyCode, day, last - count + 1 + place));
    await tx`
      insert into reserved_codes (code, owner, idempotency_key, office, valid_until)
      select code, ${caller.subject}, ${idempotencyKey}, ${office}, ${validUntil}
        from jsonb_array_elements_text(${tx.json(codes)}) code`;
    await failpoints("before-commit", "RESERVE");
  });
  await failpoints("after-commit", "RESERVE");
  return reservationOf(sql, caller, idempotencyKey, hash);
}

type ReservationRequest = { caller: Caller; office: string; count: number; idempotencyKey: string; now: Date };

async function reservationOf(sql: postgres.Sql, { subject }: Caller, key: string, hash: string): Promise<Reservation> {
  const rows = await sql<{ code: string; validUntil: Date; hash: string }[]>`
    select c.code, r.valid_until as "validUntil", r.body_hash as hash
      from code_reservations r join reserved_codes c using (owner, idempotency_key)
     where r.owner = ${subject} and r.idempotency_key = ${key} order by c.code`;
  if (rows[0]?.hash !== hash)
    return { codes: [], validUntil: null, problems: [ownProblem(["idempotencyKey"], idempotencyConflict())] };
  return { codes: rows.map(({ code }) => code), validUntil: rows[0].validUntil, problems: [] };
}

/** State of a reserved code; null for a code that is not reserved at this office. */
export type ReservedCode = { state: "RESERVED" | "USED" | "VOID"; reservedAt: Date; validUntil: Date };

export async function reservedCode(sql: postgres.Sql, code: string, office: string): Promise<ReservedCode | null> {
  const [row] = await sql<ReservedCode[]>`
    select case when c.dossier_id is not null then 'USED' when c.void_at is not null then 'VOID' else 'RESERVED' end as state,
           r.at as "reservedAt", r.valid_until as "validUntil"
      from reserved_codes c join code_reservations r using (owner, idempotency_key)
     where c.code = ${code} and c.office = ${office}`;
  return row ?? null;
}

type VoidRequest = { caller: Caller; code: string; reason: string; idempotencyKey: string; now: Date };

/**
 * Makes a reserved code of the caller's office void, once and on record. The same key and body again change nothing. A code
 * of another office looks like one that is not reserved.
 */
export async function voidCode(
  sql: postgres.Sql,
  { caller: { subject, office = "" }, code, reason, idempotencyKey, now }: VoidRequest,
): Promise<Problem | null> {
  demandIdempotencyKey(idempotencyKey);
  const [earlier] = await sql<{ isSame: boolean }[]>`
    select code = ${code} and void_reason = ${reason} as "isSame" from reserved_codes
     where void_by = ${subject} and void_key = ${idempotencyKey}`;
  if (earlier) return earlier.isSame ? null : ownProblem(["idempotencyKey"], idempotencyConflict());
  const voided = await sql`
    update reserved_codes set void_at = ${now}, void_by = ${subject}, void_key = ${idempotencyKey}, void_reason = ${reason}
     where code = ${code} and office = ${office} and dossier_id is null and void_at is null returning code`.catch(
    (error: unknown) => {
      if (violatedUnique(error) !== "reserved_codes_void_key") throw error;
      return null; // the same key at the same moment
    },
  );
  if (voided?.length === 1) return null;
  const found = await reservedCode(sql, code, office);
  if (!found) return ownProblem(["code"], codeNotReserved());
  if (found.state === "USED") return ownProblem(["code"], reservedCodeUsed());
  const [mine] = await sql`
    select 1 from reserved_codes
     where code = ${code} and void_by = ${subject} and void_key = ${idempotencyKey} and void_reason = ${reason}`;
  if (mine) return null;
  return voided === null
    ? ownProblem(["idempotencyKey"], idempotencyConflict())
    : ownProblem(["code"], codeAlreadyVoid());
}

/** Writes off the reserved codes whose term is over: each number ends as used or void. @returns how many */
export async function voidExpiredCodes(sql: postgres.Sql, now: Date): Promise<number> {
  const voided = await sql`
    update reserved_codes set void_at = ${now}
     where dossier_id is null and void_at is null and valid_until < ${now} returning code`;
  return voided.length;
}
