import { and, asc, eq, gt, isNull, or, type SQL } from "drizzle-orm";
import * as z from "zod";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import { cursorInstant, decodeCursor, pageOf, pageSize } from "../../_shared/registers/pages.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { bodyHash, demandIdempotencyKey } from "../../_shared/serving/idempotency.ts";
import { idempotencyConflict, ownProblem, type Problem } from "../acceptance/problems.ts";
import { officerName } from "../casework/parts.ts";
import type { OneStopContext } from "../loaders.ts";
import { reviewableMessages } from "../rights.ts";
import { dossiers } from "../tables.ts";
import type { MessageChannel } from "./choices.ts";
import type { MessageKind } from "./message-kinds.ts";
import { messageSettled, messageSettlementMissing } from "./problems.ts";
import { messageDeliveries, messages } from "./tables.ts";

type DeliveryRow = typeof messageDeliveries.$inferSelect;
/** Delivery that every channel has refused, with its dossier. */
export type UndeliveredRow = DeliveryRow & { kind: MessageKind; code: string; applicant: string | null };

const LONGEST_SETTLEMENT = 1_000;
const undeliveredCursor = z.tuple([cursorInstant, z.uuid()]);

/** A page of the undelivered messages within the caller's reach that nobody has settled, the oldest first. */
export async function undeliveredMessages(ctx: OneStopContext, first: number, after: string | null) {
  const size = pageSize(first);
  const [at, id] = after ? decodeCursor(after, undeliveredCursor) : [];
  const { endedAt } = messageDeliveries;
  const from =
    at === undefined || id === undefined
      ? undefined
      : or(gt(endedAt, new Date(at)), and(eq(endedAt, new Date(at)), gt(messageDeliveries.id, id)));
  const rows = await selection(ctx)
    .where(and(isUndelivered(ctx), isNull(messageDeliveries.settledAt), from))
    .orderBy(asc(endedAt), asc(messageDeliveries.id))
    .limit(size + 1);
  const page = pageOf(rows.map(flat), size, (row) => [row.endedAt?.getTime() ?? 0, row.id]);
  for (const { applicant, code } of page.nodes) ctx.access.read(applicant ?? code, code);
  return page;
}

/** Closes an undelivered message with a note. If two persons do so at once, one succeeds and the other learns who did. @throws NOT_FOUND */
export async function settleUndelivered(
  ctx: OneStopContext,
  id: string,
  settlement: string,
  idempotencyKey: string,
): Promise<{ message: UndeliveredRow | null; problems: Problem[] }> {
  demandIdempotencyKey(idempotencyKey);
  const found = z.uuid().safeParse(id).success ? await undelivered(ctx, id) : null;
  if (!found) throw notFound("undelivered message");
  const text = settlement.trim();
  if (text.length === 0 || text.length > LONGEST_SETTLEMENT)
    return { message: null, problems: [ownProblem(["settlement"], messageSettlementMissing())] };
  const { subject } = ctx.caller;
  const settledKey = `${idempotencyKey} ${bodyHash({ id, text })}`;
  const settled = { settledBy: subject, settledName: officerName(ctx.caller), settlement: text, settledKey };
  await ctx.db.transaction(async (tx) => {
    const written = await tx
      .update(messageDeliveries)
      .set({ settledAt: ctx.now, ...settled })
      .where(and(eq(messageDeliveries.id, id), isNull(messageDeliveries.settledAt)))
      .returning({ id: messageDeliveries.id });
    const caller = { ...ctx.caller, purpose: found.code };
    if (written.length > 0) await recordChange(tx, caller, [found.applicant ?? found.code], ["UndeliveredMessage"]);
  });
  const now = await undelivered(ctx, id);
  if (now?.settledBy === subject && now.settledKey === settledKey) return { message: now, problems: [] };
  const isSameKey = now?.settledBy === subject && now.settledKey?.startsWith(`${idempotencyKey} `) === true;
  const fault = isSameKey ? idempotencyConflict() : messageSettled(now?.settledName ?? "");
  return { message: null, problems: [ownProblem([isSameKey ? "idempotencyKey" : "id"], fault)] };
}

function undelivered(ctx: OneStopContext, id: string): Promise<UndeliveredRow | null> {
  return deliveryWhere(ctx, and(eq(messageDeliveries.id, id), isUndelivered(ctx)));
}

export async function deliveryWhere(ctx: OneStopContext, wanted: SQL | undefined): Promise<UndeliveredRow | null> {
  const [row] = await selection(ctx).where(wanted);
  return row ? flat(row) : null;
}

function isUndelivered({ caller }: OneStopContext) {
  return and(eq(messageDeliveries.state, "UNDELIVERED"), reviewableMessages(caller));
}

function selection({ db }: OneStopContext) {
  return db
    .select({
      delivery: messageDeliveries,
      ...{ kind: messages.kind, code: dossiers.code, applicant: dossiers.applicantPersonalId },
    })
    .from(messageDeliveries)
    .innerJoin(messages, eq(messages.id, messageDeliveries.messageId))
    .innerJoin(dossiers, eq(dossiers.id, messageDeliveries.dossierId));
}

function flat({ delivery, ...told }: { delivery: DeliveryRow } & Omit<UndeliveredRow, keyof DeliveryRow>) {
  return { ...delivery, ...told };
}

/** Channel as citizens know it. A file of the spool is never refused. */
export function refusingChannel({ channel }: UndeliveredRow): MessageChannel {
  return channel === "smpp" ? "SMS" : "EMAIL";
}

/** Remedy for a message that was not delivered, in Vietnamese and English. */
export function remedyOf(row: UndeliveredRow): readonly [vi: string, en: string] {
  return REMEDIES[refusingChannel(row)];
}

const REMEDIES: Record<MessageChannel, readonly [vi: string, en: string]> = {
  EMAIL: [
    "Địa chỉ thư điện tử không nhận thư; đề nghị liên hệ người nộp bằng điện thoại hoặc tại quầy, rồi ghi cách xử lý",
    "The mailbox does not receive e-mail; tell the declarant by phone or at the counter, then note what was done",
  ],
  SMS: [
    "Số điện thoại không nhận tin nhắn; đề nghị gọi điện, gửi thư hoặc báo tại quầy cho người nộp, rồi ghi cách xử lý",
    "The phone does not receive SMS; call or write to the declarant, or tell him or her at the counter, then note what was done",
  ],
};
