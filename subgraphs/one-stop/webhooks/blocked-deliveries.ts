import type postgres from "postgres";

/** Due deliveries of a webhook that one statement looks at, so that its cost does not grow with the backlog. */
const MOST_LOOKED_AT = 1_000;

/**
 * Sets due deliveries aside that wait for an earlier change of their dossier whose next attempt is in the future: they become due
 * with it. Else every lease would pass over all that waits behind a failing receiver. The earlier one is locked against the record of
 * its outcome, which makes those behind it due at once (`recordAttempt`); one that is being recorded is left to the next time.
 *
 * @returns number of deliveries that were set aside
 */
export async function setBlockedAside(sql: postgres.Sql): Promise<number> {
  const headOf = (delivery: string) => sql`
    select e.id from webhook_deliveries e
     where e.webhook_id = ${sql(delivery)}.webhook_id and e.dossier_id = ${sql(delivery)}.dossier_id and e.state = 'PENDING'
       and (e.row, e.place) < (${sql(delivery)}.row, ${sql(delivery)}.place)
     order by e.row, e.place limit 1`;
  // an array of ids, so that PostgreSQL looks them up and does not read all deliveries to join them
  const { count } = await sql`
    with blocked as materialized (
      select d.id
        from webhooks w
       cross join lateral (
         select * from webhook_deliveries
          where webhook_id = w.id and state = 'PENDING' and next_attempt_at <= now()
            and (lease_until is null or lease_until < now())
          order by next_attempt_at, number limit ${MOST_LOOKED_AT}
       ) d
       cross join lateral (
         select 1 from webhook_deliveries head
          where head.id = (${headOf("d")}) and head.next_attempt_at > now() for share skip locked
       ) earlier
       where w.paused_at is null and (w.not_before is null or w.not_before <= now())
    ),
    locked as materialized (
      select id from webhook_deliveries where id = any(array(select id from blocked)) for update skip locked
    )
    update webhook_deliveries d
       set next_attempt_at = coalesce(
             (select head.next_attempt_at from webhook_deliveries head where head.id = (${headOf("d")})), d.next_attempt_at)
     where d.id = any(array(select id from locked))`;
  return count;
}
