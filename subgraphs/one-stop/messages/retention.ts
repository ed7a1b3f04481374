import type postgres from "postgres";

/** Messages of one statement, so that it stays within its deadline. */
const AT_ONCE = 10_000;

/**
 * Removes messages whose deliveries have all ended more than `days` ago, by business time; an undelivered one after a person has
 * settled it. A change that the maker of messages may still be given again keeps its message, by which no second one is made.
 */
export async function removeOldMessages(sql: postgres.Sql, days: number, now: Date): Promise<void> {
  const before = sql`${now}::timestamptz - ${days} * interval '1 day'`;
  const isOver = (delivery: string) => sql`
    (${sql(delivery)}.ended_at < ${before} and (${sql(delivery)}.state <> 'UNDELIVERED' or ${sql(delivery)}.settled_at < ${before}))`;
  await sql`
    with old as materialized (
      select m.id
        from message_deliveries d join messages m on m.id = d.message_id
       where ${isOver("d")} and (m.change is null or m.change < (select c."row" from change_consumers c where c.name = 'messages'))
         and not exists (select 1 from message_deliveries e where e.message_id = m.id and ${isOver("e")} is not true)
       limit ${AT_ONCE}),
    deliveries as (delete from message_deliveries where message_id in (select id from old))
    delete from messages where id in (select id from old)`;
}
