import type postgres from "postgres";
import type { AttemptEffect, AttemptFailure } from "./attempt.ts";
import type { EventFacts } from "./event.ts";

/** Right of one worker to make an attempt, until `lease_until` by the database's clock; a later lease has a higher token. */
export type DeliveryLease = EventFacts & {
  webhookId: string;
  url: string;
  /** Secrets that sign, the newest first. */
  secrets: string[];
  /** Number of attempts, with this one. */
  attempts: number;
  fencingToken: number;
};

/** Attempts of one process at a webhook at a time. */
const AT_ONCE = 4;
/** Failures in a row after which a webhook gets one attempt at a time, until one succeeds. */
const FAILURES_BEFORE_PROBING = 3;

/**
 * Leases due deliveries: of each webhook as many as it has room for in this process, and of each dossier the earliest change
 * that is pending, so that a receiver gets the changes of a dossier in their order. OFFSET makes PostgreSQL look an earlier change
 * up by its dossier: before the statistics of a grown table are made, it may else read all pending ones for each. The array makes it
 * look the due ones up by their ids, and not read all deliveries to join them.
 * @param running number of attempts of this process in progress, by webhook
 */
export async function leaseDeliveries(
  sql: postgres.Sql,
  running: ReadonlyMap<string, number>,
  leaseMs: number,
): Promise<DeliveryLease[]> {
  const busy = [...running].map(([id, attempts]) => ({ id, attempts }));
  const rows = await sql<(DeliveryLease & { row: string | null; fencingToken: string })[]>`
    with due as materialized (
      select d.id from webhooks w
        left join jsonb_to_recordset(${sql.json(busy)}::jsonb) as busy(id uuid, attempts int) on busy.id = w.id
        cross join lateral (
          select id from webhook_deliveries d
           where d.webhook_id = w.id and d.state = 'PENDING' and d.next_attempt_at <= now()
             and (d.lease_until is null or d.lease_until < now())
             and not exists (
               select 1 from webhook_deliveries e
                where e.webhook_id = d.webhook_id and e.dossier_id = d.dossier_id and e.state = 'PENDING'
                  and (e.row, e.place) < (d.row, d.place) offset 0)
           order by d.next_attempt_at, d.number
           limit greatest(0, case when w.failures >= ${FAILURES_BEFORE_PROBING} then 1 else ${AT_ONCE} end
                             - coalesce(busy.attempts, 0))
           for update of d skip locked
        ) d
       where w.paused_at is null and (w.not_before is null or w.not_before <= now())
    )
    update webhook_deliveries d
       set lease_until = now() + ${leaseMs} * interval '1 millisecond', fencing_token = fencing_token + 1,
           attempts = attempts + 1
     where d.id = any(array(select id from due))
    returning d.id, d.webhook_id as "webhookId", (select w.url from webhooks w where w.id = d.webhook_id) as url, d.kind, d.at, d.dossier_id as "dossierId", d.code, d.row, d.place,
              d.dossier_state as "dossierState", d.attempts, d.fencing_token as "fencingToken",
              (select jsonb_agg(s.secret order by s.number desc) from webhook_secrets s
                where s.webhook_id = d.webhook_id and (s.ends_at is null or s.ends_at > now())) as secrets`;
  return rows.map(({ row, fencingToken, ...lease }) => {
    return { ...lease, row: row === null ? null : Number(row), fencingToken: Number(fencingToken) };
  });
}

/**
 * Records the outcome of an attempt, if no later lease exists. When a delivery that has failed before ends, the changes of its dossier
 * that were set aside behind it become due. A webhook that has failed for days without a success is paused. `now`: business time.
 */
export async function recordAttempt(
  sql: postgres.Sql,
  { id, fencingToken, attempts }: DeliveryLease,
  { failure, status }: { failure: AttemptFailure | null; status: number | null },
  effect: AttemptEffect,
  { now, pauseAfterDays }: { now: Date; pauseAfterDays: number },
): Promise<void> {
  const mayHaveBlocked = effect.state !== "PENDING" && attempts > 1;
  const isLongFailing = sql`(${failure !== null} and w.failing_since < now() - ${pauseAfterDays} * interval '1 day')`;
  await sql`
    with recorded as (
      update webhook_deliveries d
         set state = ${effect.state}, next_attempt_at = now() + ${effect.afterMs} * interval '1 millisecond',
             lease_until = null, last_attempt_at = now(), last_status = ${status}, last_failure = ${failure}
       where id = ${id} and fencing_token = ${fencingToken} and state = 'PENDING'
       returning d.webhook_id, d.dossier_id, d.row, d.place
    ),
    unblocked as (
      update webhook_deliveries later set next_attempt_at = now() from recorded r
       where ${mayHaveBlocked} and later.webhook_id = r.webhook_id and later.dossier_id = r.dossier_id
         and later.state = 'PENDING' and later.attempts = 0 and (later.row, later.place) > (r.row, r.place)
    )
    update webhooks w
       set failing_since = ${failure === null ? sql`null` : sql`coalesce(w.failing_since, now())`},
           failures = ${failure === null ? sql`0` : sql`w.failures + 1`},
           not_before = case when ${effect.holdsMs}::float8 is null then w.not_before
                             else greatest(w.not_before, now() + ${effect.holdsMs}::float8 * interval '1 millisecond') end,
           paused_at = case when ${effect.pauses} or ${isLongFailing} then coalesce(w.paused_at, ${now}) else w.paused_at end,
           pause_reason = case when ${effect.pauses} then coalesce(w.pause_reason, 'GONE')
                               when ${isLongFailing} then coalesce(w.pause_reason, 'FAILING') else w.pause_reason end
      from recorded where w.id = recorded.webhook_id and (${failure !== null} or w.failures > 0)`;
}

/** Gives a lease back whose attempt was broken off, so that another process need not wait for its end. */
export async function returnLease(sql: postgres.Sql, { id, fencingToken }: DeliveryLease): Promise<void> {
  await sql`
    update webhook_deliveries set lease_until = null, attempts = attempts - 1
     where id = ${id} and fencing_token = ${fencingToken} and state = 'PENDING'`;
}
