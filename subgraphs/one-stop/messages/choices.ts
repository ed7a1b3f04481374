import { eq } from "drizzle-orm";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { ownProblem, type Problem } from "../acceptance/problems.ts";
import { dossierOf } from "../casework/citizen-acts.ts";
import type { OneStopContext } from "../loaders.ts";
import { ownSubmitter } from "../rights.ts";
import { requests } from "../tables.ts";
import type { MessageLanguage } from "./message-kinds.ts";
import { declarantNotReachable, messageChannelMissing } from "./problems.ts";
import { namesOf, recipientOf } from "./recipient.ts";
import { messageChoices } from "./tables.ts";

export const MESSAGE_CHANNELS = ["EMAIL", "SMS"] as const;
export type MessageChannel = (typeof MESSAGE_CHANNELS)[number];
/** Choice of a citizen, or the default without one. */
export type Choice = { channels: MessageChannel[]; language: MessageLanguage; stoppedAt: Date | null };

/** The caller's own choice. @throws NOT_FOUND for a caller without a personal number */
export async function ownChoice(ctx: OneStopContext): Promise<Choice> {
  const recipient = callerAsRecipient(ctx);
  ctx.access.read(recipient);
  const [row] = await ctx.db.select().from(messageChoices).where(eq(messageChoices.recipient, recipient));
  const chosen = row?.wantedChannels?.split(",");
  return {
    channels: MESSAGE_CHANNELS.filter((channel) => chosen?.includes(channel) ?? true),
    language: row?.wantedLanguage ?? ctx.loaders.desk().configuration.messages.language,
    stoppedAt: row?.stoppedAt ?? null,
  };
}

/** Chooses channels and language; messages that were stopped are sent again from now on. The same choice again changes nothing. */
export async function chooseMessages(
  ctx: OneStopContext,
  channels: readonly MessageChannel[],
  language: MessageLanguage,
): Promise<Problem | null> {
  if (channels.length === 0) return ownProblem(["channels"], messageChannelMissing());
  const wanted = MESSAGE_CHANNELS.filter((channel) => channels.includes(channel)).join(",");
  await write(ctx, [callerAsRecipient(ctx)], { wantedChannels: wanted, wantedLanguage: language, stoppedAt: null });
  return null;
}

/** Stops the caller's messages at once, also those that wait to be sent. The channels and the language stay chosen. */
export async function stopMessages(ctx: OneStopContext): Promise<void> {
  await write(ctx, [callerAsRecipient(ctx)], { stoppedAt: ctx.now });
}

/** Stops the messages to the declarant of a dossier, as the declarant has asked at the desk. @throws NOT_FOUND outside the caller's reach */
export async function stopMessagesOfDossier(ctx: OneStopContext, code: string): Promise<Problem | null> {
  const { id } = await dossierOf(ctx, code);
  const [stored] = await ctx.db.select().from(requests).where(eq(requests.dossierId, id));
  const recipient = recipientOf(stored?.request ?? {});
  // the phone and the e-mail address stand for a declarant without a personal number
  const names = recipient.personalId === null ? namesOf(recipient) : [recipient.personalId];
  if (names.length === 0) return ownProblem(["dossier"], declarantNotReachable());
  await write(ctx, names, { stoppedAt: ctx.now });
  return null;
}

type Change = Partial<{ wantedChannels: string; wantedLanguage: MessageLanguage }> & { stoppedAt: Date | null };

async function write(ctx: OneStopContext, recipients: string[], change: Change): Promise<void> {
  const set = { ...change, changedAt: ctx.now };
  await ctx.db.transaction(async (tx) => {
    for (const recipient of recipients)
      await tx
        .insert(messageChoices)
        .values({ recipient, ...set })
        .onConflictDoUpdate({ target: messageChoices.recipient, set });
    await recordChange(tx, ctx.caller, recipients, ["MessageChoice"]);
  });
}

function callerAsRecipient({ caller }: OneStopContext): string {
  const personalId = ownSubmitter(caller);
  if (personalId === null) throw notFound("message choice");
  return personalId;
}
