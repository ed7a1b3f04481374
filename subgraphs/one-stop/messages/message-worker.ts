import type { Logger } from "pino";
import type postgres from "postgres";
import { legalDayOf } from "../../_shared/reference/days.ts";
import { newAnswerCode } from "../answer-codes/answer-codes.ts";
import { allowsAnswerByCode, openSupplementOf } from "../answer-codes/open-supplement.ts";
import type { OneStopConfiguration } from "../configuration.ts";
import type { DossierKinds } from "../definitions/dossier-kind.ts";
import { backoffMs } from "../saga/backoff.ts";
import { type Channel, type ChannelAnswer, ChannelUnavailable } from "./channels/channel.ts";
import {
  type DeliveryState,
  endDelivery,
  type LeasedDelivery,
  leaseDeliveries,
  repeatDelivery,
  tryNextChannel,
} from "./deliveries.ts";
import type { MessageLanguage } from "./message-kinds.ts";
import { quietUntil } from "./quiet-hours.ts";
import { choicesOf, wishesOf } from "./recipient.ts";
import { CHANNELS, type ChannelName } from "./routes.ts";
import { toldDossier } from "./told-dossier.ts";
import { unsubscribeToken } from "./unsubscribe-token.ts";

export type MessageWorkerOptions = {
  sql: postgres.Sql;
  kinds: DossierKinds;
  configuration: OneStopConfiguration;
  channels: Readonly<Partial<Record<ChannelName, Channel>>>;
  log: Logger;
  now: () => Date;
};

/** Calls of a channel at once: mail servers and SMS centres limit the sessions and the open requests of an account. */
const BATCH_SIZE = 10;
const LONGEST_PAUSE_MS = 600_000;

/** A delivery within its lease; `mayCall` is false when too little of the lease is left for a call. */
type Attempt = MessageWorkerOptions & { delivery: LeasedDelivery; mayCall(): boolean };

/**
 * Sends due messages, each channel in a loop of its own, so that one that is slow or away delays no other. Any number of processes may
 * run it: a delivery belongs to the holder of its lease, and a result is written only with the fencing token of that lease. A message
 * whose acceptance could not be recorded is sent again under the same id.
 */
export function startMessages(options: MessageWorkerOptions): { stop(): Promise<void> } {
  const opened = CHANNELS.filter((name) => options.channels[name]);
  const closed = CHANNELS.filter((name) => !options.channels[name]);
  // what a channel of an earlier configuration has left goes on to the next channel of its route
  const served = opened.map((name, place) => (place === 0 ? [name, ...closed] : [name]));
  const loops = options.configuration.concurrency > 0 ? served.map((names) => sendingLoop(options, names)) : [];
  return {
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()));
      await Promise.all(Object.values(options.channels).map((channel) => channel.close()));
    },
  };
}

function sendingLoop(options: MessageWorkerOptions, names: readonly ChannelName[]): { stop(): Promise<void> } {
  let isStopping = false;
  let wake = () => {};
  const work = async () => {
    while (!isStopping) {
      const worked = await pollOnce(options, names).catch((error: unknown) => {
        options.log.warn({ err: error }, "Polling for due messages failed");
        return 0;
      });
      if (worked === 0)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, options.configuration.pollMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
    }
  };
  const working = work();
  return {
    async stop() {
      isStopping = true;
      wake();
      await working;
    },
  };
}

async function pollOnce(options: MessageWorkerOptions, names: readonly ChannelName[]): Promise<number> {
  const { sql, configuration, now } = options;
  const { messages: settings, deliveryTimeoutMs } = configuration;
  // an SMTP session has several exchanges, each with the time limit of one
  const leaseMs = Math.max(configuration.leaseMs, deliveryTimeoutMs * 4);
  const leasedAt = performance.now();
  const mayCall = () => performance.now() - leasedAt < leaseMs / 2;
  const due = await leaseDeliveries(sql, {
    ...{ channels: names, limit: BATCH_SIZE, leaseMs, giveUpDays: settings.giveUpDays },
    ...{ quietUntil: quietUntil(settings.quietHours, now()), now: now() },
  });
  await Promise.all(due.map((delivery) => attempt({ ...options, delivery, mayCall })));
  return due.length;
}

async function attempt(each: Attempt): Promise<void> {
  const { delivery, log } = each;
  try {
    await deliver(each);
  } catch (error) {
    const message = delivery.messageId;
    if (!(error instanceof ChannelUnavailable)) log.error({ err: error, message }, "A message could not be sent yet");
    else log.warn({ message, channel: delivery.channel, reason: error.message }, "A channel of messages is away");
    await repeat(each, false).catch((err: unknown) => log.warn({ err, message }, "A delivery waits for its lease"));
  }
}

async function deliver(each: Attempt): Promise<void> {
  const { sql, kinds, configuration, delivery, channels } = each;
  const { language, trackingUrl } = configuration.messages;
  const { facts, recipient, isOutdated } = await toldDossier(sql, kinds, delivery, {
    trackingUrl,
    today: legalDayOf(each.now()),
  });
  if (isOutdated) return end(each, "OUTDATED");
  await configuration.failpoints("before-call", "MESSAGE");
  const wishes = wishesOf(recipient, await choicesOf(sql, recipient)); // the last question before the call
  const channel = channels[delivery.channel];
  if (!channel?.reaches(wishes.to)) return endOrTryNext(each, wishes.isStopped ? "STOPPED" : "NO_ADDRESS");
  if (!each.mayCall()) return;
  const spoken = wishes.language ?? language;
  const unsubscribeUrl = await unsubscribeUrlOf(each, spoken);
  const told = { ...facts, unsubscribeUrl, answerCode: await answerCodeOf(each) };
  const message = { id: delivery.messageId, facts: told, language: spoken, to: wishes.to };
  const answer = await channel.send(message);
  await configuration.failpoints("after-call", "MESSAGE");
  await record(each, answer);
  await configuration.failpoints("after-commit", "MESSAGE");
}

/** New answer code for a message that asks for papers, where the supplement may be answered by one. */
async function answerCodeOf({ sql, configuration, delivery, now }: Attempt): Promise<string | null> {
  const { id: deliveryId, dossierId, kind } = delivery;
  if (!configuration.answerCodes.isOn || (kind !== "SUPPLEMENT_ASKED" && kind !== "SUPPLEMENT_REMINDER")) return null;
  const open = await openSupplementOf(sql, dossierId);
  if (!open || !allowsAnswerByCode(open, configuration.answerCodes)) return null;
  return newAnswerCode(sql, { deliveryId, dossierId, now: now() }, open);
}

/** Address at which the recipient of an e-mail stops them, in the language of the message. */
async function unsubscribeUrlOf({ sql, configuration, delivery }: Attempt, language: MessageLanguage) {
  const { unsubscribeUrl } = configuration.messages;
  if (unsubscribeUrl === null || delivery.channel === "smpp") return null;
  const token = await unsubscribeToken(sql, delivery.dossierId);
  return `${unsubscribeUrl}/${token}${language === "en" ? "?lang=en" : ""}`;
}

async function record(each: Attempt, answer: ChannelAnswer): Promise<void> {
  if (answer.kind === "ACCEPTED") return end(each, "SENT", { reference: answer.reference });
  if (answer.kind === "REFUSED_FOR_NOW" && !each.delivery.isGivenUp) return repeat(each, true);
  if (!(await tryNextChannel(each.sql, each.delivery, answer.reason)))
    await end(each, "UNDELIVERED", { reason: answer.reason });
}

/** Goes on with the next channel of the route. After the last one the delivery ends; a refusal by an earlier one stays to be seen. */
async function endOrTryNext(each: Attempt, state: "STOPPED" | "NO_ADDRESS"): Promise<void> {
  const { reason } = each.delivery;
  if (await tryNextChannel(each.sql, each.delivery, reason)) return;
  await end(each, reason !== null && state === "NO_ADDRESS" ? "UNDELIVERED" : state, { reason });
}

function end(
  { sql, delivery, now }: Attempt,
  state: Exclude<DeliveryState, "WAITING">,
  result: { reference?: string | null; reason?: string | null } = {},
): Promise<void> {
  return endDelivery(sql, delivery, { state, ...result }, now());
}

function repeat({ sql, delivery, configuration }: Attempt, isRefused: boolean): Promise<void> {
  const pace = { baseMs: configuration.backoff.deliver.baseMs, capMs: LONGEST_PAUSE_MS };
  return repeatDelivery(sql, delivery, { afterMs: backoffMs(delivery.failures, Math.random(), pace), isRefused });
}
