import { and, desc, eq, lt, sql } from "drizzle-orm";
import * as z from "zod";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import { isUuid } from "../../_shared/reference/uuid.ts";
import { decodeCursor, pageOf, pageSize } from "../../_shared/registers/pages.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { demandIdempotencyKey } from "../../_shared/serving/idempotency.ts";
import { ownProblem, type Problem } from "../acceptance/problems.ts";
import type { OneStopContext } from "../loaders.ts";
import { pingDeliveryId } from "./delivery-ids.ts";
import { webhookPaused } from "./problems.ts";
import { visibleWebhooks } from "./rights.ts";
import { type WebhookDeliveryState, webhookDeliveries, webhooks } from "./tables.ts";
import { webhookById } from "./webhooks.ts";

export type WebhookDeliveryRow = typeof webhookDeliveries.$inferSelect;
export type DeliveryResult = { delivery: WebhookDeliveryRow | null; problems: Problem[] };

const deliveryCursor = z.tuple([z.int().min(0)]);
type Question = { webhook: string; state: WebhookDeliveryState | null; first: number; after: string | null };

/** Page of a webhook's deliveries, the newest first. @throws NOT_FOUND */
export async function listDeliveries(ctx: OneStopContext, { webhook, state, first, after }: Question) {
  const size = pageSize(first);
  const before = after ? lt(webhookDeliveries.number, decodeCursor(after, deliveryCursor)[0]) : undefined;
  const { id } = await webhookById(ctx, webhook);
  const isWanted = state ? eq(webhookDeliveries.state, state) : undefined;
  const rows = await ctx.db
    .select()
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.webhookId, id), isWanted, before))
    .orderBy(desc(webhookDeliveries.number))
    .limit(size + 1);
  return pageOf(rows, size, ({ number }) => [number]);
}

/** Sends a test event, once for each key. @throws NOT_FOUND */
export async function pingWebhook(
  ctx: OneStopContext,
  webhook: string,
  idempotencyKey: string,
): Promise<DeliveryResult> {
  demandIdempotencyKey(idempotencyKey);
  const { id: webhookId, pausedAt } = await webhookById(ctx, webhook);
  const id = pingDeliveryId(webhookId, idempotencyKey);
  if (pausedAt) return { delivery: null, problems: [ownProblem(["webhook"], webhookPaused())] };
  await ctx.db.transaction(async (tx) => {
    const made = await tx
      .insert(webhookDeliveries)
      .values({ id, webhookId, kind: "PING", at: ctx.now })
      .onConflictDoNothing()
      .returning({ id: webhookDeliveries.id });
    if (made.length > 0) await recordChange(tx, ctx.caller, [webhookId], ["WebhookDelivery"]);
  });
  return { delivery: await deliveryById(ctx, id), problems: [] };
}

/**
 * Makes a delivery again, with the same id: one that ended from its first attempt on, a pending one at once.
 * @throws NOT_FOUND
 */
export async function redeliver(ctx: OneStopContext, id: string): Promise<DeliveryResult> {
  const { webhookId } = await deliveryById(ctx, id);
  await ctx.db.transaction(async (tx) => {
    await tx.update(webhookDeliveries).set(FROM_THE_BEGINNING).where(eq(webhookDeliveries.id, id));
    await recordChange(tx, ctx.caller, [webhookId], ["WebhookDelivery"]);
  });
  return { delivery: await deliveryById(ctx, id), problems: [] };
}

/** A pending delivery keeps its attempts, so that no request can hold its end off for ever. */
const FROM_THE_BEGINNING = {
  state: "PENDING" as const,
  attempts: sql`case when ${webhookDeliveries.state} = 'PENDING' then ${webhookDeliveries.attempts} else 0 end`,
  nextAttemptAt: sql`now()`,
};

/** @throws NOT_FOUND if the caller may not see the webhook of the delivery */
async function deliveryById({ db, caller }: OneStopContext, id: string): Promise<WebhookDeliveryRow> {
  const [found] = isUuid(id)
    ? await db
        .select({ delivery: webhookDeliveries })
        .from(webhookDeliveries)
        .innerJoin(webhooks, eq(webhooks.id, webhookDeliveries.webhookId))
        .where(and(eq(webhookDeliveries.id, id), visibleWebhooks(caller)))
    : [];
  if (!found) throw notFound("webhook delivery");
  return found.delivery;
}
