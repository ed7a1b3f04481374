import type postgres from "postgres";

/** Days for which delivered events stay in the list. */
const DELIVERED_DAYS = 7;
/** Rows of one statement, so that it stays within its deadline. */
const AT_ONCE = 10_000;

/**
 * Removes deliveries that were made more than a week ago, and dead letters as old as the stream can be read back. Those that
 * have waited as long, at a webhook that is paused, become dead letters. By the database's clock.
 */
export async function tidyWebhookDeliveries(sql: postgres.Sql, changesDays: number): Promise<void> {
  await sql`
    delete from webhook_deliveries where id in (
      select id from webhook_deliveries
       where state = 'DELIVERED' and last_attempt_at < now() - ${DELIVERED_DAYS} * interval '1 day' limit ${AT_ONCE})`;
  await sql`
    delete from webhook_deliveries where id in (
      select id from webhook_deliveries
       where state = 'DEAD_LETTER' and last_attempt_at < now() - ${changesDays} * interval '1 day' limit ${AT_ONCE})`;
  await sql`
    update webhook_deliveries set state = 'DEAD_LETTER', last_attempt_at = now() where id in (
      select d.id from webhooks w join webhook_deliveries d on d.webhook_id = w.id
       where w.paused_at is not null and d.state = 'PENDING'
         and d.next_attempt_at < now() - ${changesDays} * interval '1 day' limit ${AT_ONCE})`;
}
