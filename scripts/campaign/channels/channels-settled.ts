import { setTimeout as sleep } from "node:timers/promises";
import type { Harness } from "../harness.ts";

const QUERY_EVERY_MS = 100;

/**
 * Waits until every consumer has taken the last change and no channel has anything left to deliver. Pauses between attempts, which
 * take minutes and hours, pass at once. After `seconds` the invariants report what is stuck.
 */
export async function channelsSettled({ sql }: Pick<Harness, "sql">, seconds: number): Promise<void> {
  const desk = sql("one-stop");
  for (const deadline = performance.now() + seconds * 1_000; performance.now() < deadline; ) {
    const [row] = await desk<{ settled: boolean }[]>`
      select (select min(row) from change_consumers) >= (select coalesce(max(id), 0) from history)
         and not exists (select 1 from webhook_deliveries where state = 'PENDING')
         and not exists (select 1 from message_deliveries where state = 'WAITING')
         and not exists (select 1 from portal_deliveries where next_attempt_at is not null or lease_until is not null)
             as settled`;
    if (row?.settled) return;
    await hasten(desk);
    await sleep(QUERY_EVERY_MS);
  }
}

async function hasten(desk: ReturnType<Harness["sql"]>): Promise<void> {
  await desk`
    update webhook_deliveries set next_attempt_at = now(), attempts = least(attempts, 3)
     where state = 'PENDING' and next_attempt_at > now()`;
  await desk`update webhooks set not_before = null where not_before > now()`;
  await desk`
    update portal_deliveries set next_attempt_at = now() where next_attempt_at > now() and lease_until is null`;
  // a time that is nearer may be the end of a lease
  await desk`
    update message_deliveries set next_attempt_at = now()
     where state = 'WAITING' and next_attempt_at > now() + interval '20 seconds'`;
}
