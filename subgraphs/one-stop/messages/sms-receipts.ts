import type postgres from "postgres";
import { unpackJson } from "../../_shared/registers/packed-json.ts";
import type { Receipt } from "./channels/smpp-receipt.ts";
import { internationalNumber } from "./international-number.ts";
import { type RequestOfDeclarant, recipientOf } from "./recipient.ts";
import { nextChannel } from "./routes.ts";

const CHANNEL = "smpp";
type Known = { id: string; route: string };

/**
 * Takes a delivery receipt of the SMS centre. If the phone was not reached, the next channel of the route is tried, or a person sees
 * it. A receipt of a message whose acceptance was not recorded, because the process was killed, records it: the message is not sent
 * again.
 *
 * @returns false if the phone was not reached and no message has the reference, which may not be recorded yet
 */
export async function takeReceipt(sql: postgres.Sql, receipt: Receipt, now: Date): Promise<boolean> {
  const [sent] = await sql<Known[]>`
    select id, route from message_deliveries where channel = ${CHANNEL} and reference = ${receipt.reference} limit 1`;
  const known = sent ?? (await unrecorded(sql, receipt));
  if (!known) return !receipt.failed;
  if (receipt.failed) await recordFailure(sql, known, receipt, now);
  else if (!sent)
    await sql`
      update message_deliveries set state = 'SENT', next_attempt_at = null, ended_at = ${now}, reference = ${receipt.reference}
       where id = ${known.id} and state = 'WAITING'`;
  return true;
}

async function recordFailure(
  sql: postgres.Sql,
  { id, route }: Known,
  { reference, state }: Receipt,
  now: Date,
): Promise<void> {
  const next = nextChannel(route, CHANNEL);
  const change =
    next === undefined
      ? sql`state = 'UNDELIVERED', next_attempt_at = null, ended_at = coalesce(ended_at, ${now})`
      : sql`state = 'WAITING', channel = ${next}, failures = 0, refused_since = null, next_attempt_at = now(), ended_at = null`;
  // the token fences off a worker that has not recorded the acceptance yet
  await sql`
    update message_deliveries set reason = ${state}, reference = ${reference}, fencing_token = fencing_token + 1, ${change}
     where id = ${id} and channel = ${CHANNEL} and (state = 'WAITING' or (state = 'SENT' and reference = ${reference}))`;
}

/** The attempted delivery that has the receipt's own reference and its phone; null if there is none or more than one. */
async function unrecorded(sql: postgres.Sql, { ownReference, phone }: Receipt): Promise<Known | null> {
  if (ownReference === null) return null;
  const digest = sql`sha256(convert_to(d.message_id::text, 'UTF8'))`; // as in the SMPP channel
  const rows = await sql<(Known & { request: Uint8Array })[]>`
    select d.id, d.route, r.request from message_deliveries d join requests r on r.dossier_id = d.dossier_id
     where d.state = 'WAITING' and d.channel = ${CHANNEL} and d.attempts > 0
       and get_byte(${digest}, 0) * 256 + get_byte(${digest}, 1) = ${ownReference}`;
  const own = rows.filter(({ request }) => {
    const recipient = recipientOf(unpackJson(request) as RequestOfDeclarant); // every kind of request names its declarant
    return recipient.phone !== null && internationalNumber(recipient.phone) === phone;
  });
  return own.length === 1 ? (own[0] ?? null) : null;
}
