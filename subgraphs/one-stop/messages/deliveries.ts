import type postgres from "postgres";
import type { MessageKind } from "./message-kinds.ts";
import { type ChannelName, nextChannel } from "./routes.ts";

/**
 * States of a delivery. `SENT`: the channel has accepted the message; `UNDELIVERED`: the last channel refused, and a person sees it;
 * `OUTDATED`: the act that it asks for is no longer awaited; `NO_ADDRESS`: the declarant gave none that the route can use.
 */
export const DELIVERY_STATES = ["WAITING", "SENT", "UNDELIVERED", "STOPPED", "OUTDATED", "NO_ADDRESS"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** A delivery that a worker has leased. */
export type LeasedDelivery = {
  id: string;
  messageId: string;
  route: string;
  dossierId: string;
  kind: MessageKind;
  actBy: Date | null;
  /** Reminder that the message tells; null for a change of the dossier. */
  reminderId: string | null;
  channel: ChannelName;
  failures: number;
  /** True if an address was refused for the moment for longer than the configured days. */
  isGivenUp: boolean;
  reason: string | null;
  fencingToken: number;
};

type LeaseOptions = {
  channels: readonly ChannelName[];
  limit: number;
  leaseMs: number;
  giveUpDays: number;
  quietUntil: Date | null;
  now: Date;
};

/**
 * Leases due deliveries of some channels, by the database's clock. An earlier delivery of the same dossier by the same route comes first. In quiet
 * hours only messages pass that ask for an act whose term ends before the hours do.
 */
export async function leaseDeliveries(sql: postgres.Sql, options: LeaseOptions): Promise<LeasedDelivery[]> {
  const { channels, limit, leaseMs, giveUpDays, quietUntil, now } = options;
  const isUrgent = quietUntil === null ? sql`true` : sql`(m.act_by > ${now} and m.act_by <= ${quietUntil})`;
  return sql<LeasedDelivery[]>`
    update message_deliveries d
       set next_attempt_at = now() + ${leaseMs} * interval '1 millisecond', fencing_token = d.fencing_token + 1,
           attempts = d.attempts + 1
      from (select w.id, m.kind, m.act_by, m.reminder_id
              from message_deliveries w join messages m on m.id = w.message_id
             where w.state = 'WAITING' and w.next_attempt_at <= now() and w.channel in ${sql([...channels])} and ${isUrgent}
               and not exists (
                 select 1 from message_deliveries e
                  where e.state = 'WAITING' and e.dossier_id = w.dossier_id and e.route = w.route and e.change < w.change)
             order by w.next_attempt_at limit ${limit} for update of w skip locked) due
     where d.id = due.id
    returning d.id, d.message_id as "messageId", d.route, d.dossier_id as "dossierId", due.kind, due.act_by as "actBy",
              due.reminder_id as "reminderId", d.channel,
              d.failures, d.reason, d.fencing_token::float8 as "fencingToken",
              coalesce(d.refused_since < now() - ${giveUpDays} * interval '1 day', false) as "isGivenUp"`;
}

export type Ending = { state: Exclude<DeliveryState, "WAITING">; reference?: string | null; reason?: string | null };

/** Ends a delivery, unless its lease has passed to another worker. */
export async function endDelivery(
  sql: postgres.Sql,
  { id, fencingToken }: LeasedDelivery,
  { state, reference = null, reason = null }: Ending,
  now: Date,
): Promise<void> {
  await sql`
    update message_deliveries
       set state = ${state}, next_attempt_at = null, ended_at = ${now}, reference = ${reference}, reason = ${reason}
     where id = ${id} and fencing_token = ${fencingToken} and state = 'WAITING'`;
}

/** Plans the next attempt by the same channel. */
export async function repeatDelivery(
  sql: postgres.Sql,
  { id, fencingToken }: LeasedDelivery,
  { afterMs, isRefused }: { afterMs: number; isRefused: boolean },
): Promise<void> {
  await sql`
    update message_deliveries
       set next_attempt_at = now() + ${afterMs} * interval '1 millisecond', failures = failures + 1,
           refused_since = ${isRefused ? sql`coalesce(refused_since, now())` : sql`refused_since`}
     where id = ${id} and fencing_token = ${fencingToken} and state = 'WAITING'`;
}

/** Goes on with the route's next channel. @returns false after the last one */
export async function tryNextChannel(
  sql: postgres.Sql,
  { id, route, channel, fencingToken }: LeasedDelivery,
  reason: string | null,
): Promise<boolean> {
  const next = nextChannel(route, channel);
  if (next === undefined) return false;
  await sql`
    update message_deliveries
       set channel = ${next}, failures = 0, refused_since = null, reason = ${reason}, next_attempt_at = now()
     where id = ${id} and fencing_token = ${fencingToken} and state = 'WAITING'`;
  return true;
}
