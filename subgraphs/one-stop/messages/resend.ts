import { and, eq, isNull, sql } from "drizzle-orm";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import { isUuid } from "../../_shared/reference/uuid.ts";
import { violatedUnique } from "../../_shared/serving/database.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { demandIdempotencyKey } from "../../_shared/serving/idempotency.ts";
import { idempotencyConflict, ownProblem, type Problem } from "../acceptance/problems.ts";
import { officerName } from "../casework/parts.ts";
import type { OneStopContext } from "../loaders.ts";
import { reviewableMessages } from "../rights.ts";
import { messageNotUndelivered, messageSettled } from "./problems.ts";
import { firstChannel } from "./routes.ts";
import { messageDeliveries, messageResends } from "./tables.ts";
import { deliveryWhere, type UndeliveredRow } from "./undelivered.ts";

type Resent = { message: UndeliveredRow | null; problems: Problem[] };

/**
 * Has an undelivered message sent again, by all channels of its route, once for each key. The texts and the address are those of the
 * dossier and the citizen's choice at the sending. @throws NOT_FOUND outside the caller's reach
 */
export async function resendUndelivered(ctx: OneStopContext, id: string, idempotencyKey: string): Promise<Resent> {
  demandIdempotencyKey(idempotencyKey);
  const found = isUuid(id) ? await reviewable(ctx, id) : null;
  if (!found) throw notFound("undelivered message");
  const known = await resentBefore(ctx, idempotencyKey);
  if (known) return answerOf(ctx, known, id);
  const isResent = await send(ctx, found, idempotencyKey);
  const same = await resentBefore(ctx, idempotencyKey);
  if (isResent || same) return answerOf(ctx, same ?? id, id);
  const now = await reviewable(ctx, id);
  const fault = now?.settledAt ? messageSettled(now.settledName ?? "") : messageNotUndelivered();
  return { message: null, problems: [ownProblem(["id"], fault)] };
}

/** Makes the delivery wait again. @returns false if it is not undelivered, or if the key was used meanwhile */
async function send(ctx: OneStopContext, { id, route, ...found }: UndeliveredRow, idempotencyKey: string) {
  try {
    return await ctx.db.transaction(async (tx) => {
      const written = await tx
        .update(messageDeliveries)
        .set({
          ...{ state: "WAITING", channel: firstChannel(route), failures: 0, refusedSince: null, reason: null },
          ...{ endedAt: null, nextAttemptAt: sql`now()` },
          fencingToken: sql`${messageDeliveries.fencingToken} + 1`,
        })
        .where(
          and(
            eq(messageDeliveries.id, id),
            eq(messageDeliveries.state, "UNDELIVERED"),
            isNull(messageDeliveries.settledAt),
          ),
        )
        .returning({ id: messageDeliveries.id });
      if (written.length === 0) return false;
      const by = { by: ctx.caller.subject, name: officerName(ctx.caller), idempotencyKey };
      await tx.insert(messageResends).values({ deliveryId: id, at: ctx.now, ...by });
      const caller = { ...ctx.caller, purpose: found.code };
      await recordChange(tx, caller, [found.applicant ?? found.code], ["UndeliveredMessage"]);
      return true;
    });
  } catch (error) {
    if (violatedUnique(error) === "message_resends_key") return false;
    throw error;
  }
}

/** Delivery that the caller has sent again with this key. */
async function resentBefore({ db, caller }: OneStopContext, idempotencyKey: string): Promise<string | null> {
  const isSame = and(eq(messageResends.by, caller.subject), eq(messageResends.idempotencyKey, idempotencyKey));
  const [row] = await db.select({ id: messageResends.deliveryId }).from(messageResends).where(isSame);
  return row?.id ?? null;
}

async function answerOf(ctx: OneStopContext, resent: string, asked: string): Promise<Resent> {
  if (resent !== asked) return { message: null, problems: [ownProblem(["idempotencyKey"], idempotencyConflict())] };
  return { message: await reviewable(ctx, asked), problems: [] };
}

function reviewable(ctx: OneStopContext, id: string): Promise<UndeliveredRow | null> {
  return deliveryWhere(ctx, and(eq(messageDeliveries.id, id), reviewableMessages(ctx.caller)));
}
