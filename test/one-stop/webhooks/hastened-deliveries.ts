import { setTimeout as sleep } from "node:timers/promises";
import type postgres from "postgres";

/**
 * Makes the pauses between attempts pass, which take minutes and hours, until it is stopped. Rows that a consumer holds
 * are left for the next turn: two that lock them in different orders would deadlock.
 */
export function hastenedDeliveries(sql: postgres.Sql): { stop(): Promise<void> } {
  let isOver = false;
  const hastened = (async () => {
    while (!isOver) {
      await sql`
        update webhook_deliveries set next_attempt_at = now(), attempts = least(attempts, 3) where id in (
          select id from webhook_deliveries where state = 'PENDING' and next_attempt_at > now() for update skip locked)`;
      await sql`
        update webhooks set not_before = null, failures = 0 where id in (
          select id from webhooks where not_before > now() for update skip locked)`;
      await sleep(50);
    }
  })();
  return {
    stop() {
      isOver = true;
      return hastened;
    },
  };
}
