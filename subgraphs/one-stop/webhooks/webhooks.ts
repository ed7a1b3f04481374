import { and, count, desc, eq, type SQL, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import { isUuid } from "../../_shared/reference/uuid.ts";
import { type Database, type Tx, violatedUnique } from "../../_shared/serving/database.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { bodyHash, demandIdempotencyKey } from "../../_shared/serving/idempotency.ts";
import { idempotencyConflict, ownProblem, type Problem } from "../acceptance/problems.ts";
import type { OneStopContext } from "../loaders.ts";
import type { WebhookRow } from "./change-deliveries.ts";
import type { WebhookInput } from "./input.ts";
import { tooManyWebhooks } from "./problems.ts";
import { readWebhook } from "./read-webhook.ts";
import { visibleWebhooks } from "./rights.ts";
import { newSecret } from "./secrets.ts";
import { webhookSecrets, webhooks } from "./tables.ts";

/** Webhooks of one office or province. */
export const MOST_WEBHOOKS = 20;

/** `secret` is given once, when it is made. */
export type WebhookResult = { webhook: WebhookRow | null; secret: string | null; problems: Problem[] };
const refused = (problems: Problem[]): WebhookResult => ({ webhook: null, secret: null, problems });

/** Creates a webhook once for each key. A repetition does not show the secret again. */
export async function createWebhook(
  ctx: OneStopContext,
  input: WebhookInput,
  idempotencyKey: string,
): Promise<WebhookResult> {
  demandIdempotencyKey(idempotencyKey);
  const { columns, reach, problems } = readWebhook(ctx, input);
  const key = { owner: ctx.caller.subject, idempotencyKey, bodyHash: bodyHash(input) };
  const known = await createdBefore(ctx.db, key);
  if (known) return known;
  if (problems.length > 0 || !reach) return refused(problems);
  const secret = newSecret();
  try {
    const webhook = await ctx.db.transaction(async (tx) => {
      await lockReach(tx, reach);
      if ((await countWithin(tx, visibleWebhooks(ctx.caller))) >= MOST_WEBHOOKS) return null;
      const values = { id: uuidv7(), ...columns, ...reach, ...key, createdAt: ctx.now };
      const [created] = await tx.insert(webhooks).values(values).returning();
      await tx.insert(webhookSecrets).values({ webhookId: values.id, secret, idempotencyKey });
      await recordChange(tx, ctx.caller, [values.id], ["Webhook"]);
      return created ?? null;
    });
    if (!webhook) return refused([ownProblem([], tooManyWebhooks(MOST_WEBHOOKS))]);
    return { webhook, secret, problems: [] };
  } catch (error) {
    const same = violatedUnique(error) === "webhooks_owner_key" && (await createdBefore(ctx.db, key));
    if (same) return same;
    throw error;
  }
}

type Key = { owner: string; idempotencyKey: string; bodyHash: string };

async function createdBefore(db: Database, { owner, idempotencyKey, bodyHash }: Key): Promise<WebhookResult | null> {
  const isSame = and(eq(webhooks.owner, owner), eq(webhooks.idempotencyKey, idempotencyKey));
  const [webhook] = await db.select().from(webhooks).where(isSame);
  if (!webhook) return null;
  if (webhook.bodyHash === bodyHash) return { webhook, secret: null, problems: [] };
  return refused([ownProblem(["idempotencyKey"], idempotencyConflict())]);
}

/** Creations of one office or province wait for each other, so that they count each other. */
function lockReach(tx: Tx, { reachOffice, reachProvince }: Pick<WebhookRow, "reachOffice" | "reachProvince">) {
  const place = `webhooks ${reachOffice ?? ""} ${reachProvince ?? ""}`;
  return tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${place}, 0))`);
}

async function countWithin(tx: Tx, reach: SQL): Promise<number> {
  const [row] = await tx.select({ all: count() }).from(webhooks).where(reach);
  return row?.all ?? 0;
}

/** Webhooks within the caller's reach, the newest first. */
export function listWebhooks({ db, caller }: OneStopContext): Promise<WebhookRow[]> {
  return db.select().from(webhooks).where(visibleWebhooks(caller)).orderBy(desc(webhooks.createdAt), webhooks.id);
}

/** @throws NOT_FOUND if the caller may not see the webhook */
export async function webhookById({ db, caller }: OneStopContext, id: string): Promise<WebhookRow> {
  const isMeant = and(eq(webhooks.id, id), visibleWebhooks(caller));
  const [webhook] = isUuid(id) ? await db.select().from(webhooks).where(isMeant) : [];
  if (!webhook) throw notFound("webhook");
  return webhook;
}

/** The receiver is tried again without regard to what went before. */
const FROM_NOW = { failures: 0, failingSince: null, notBefore: null };

/** Replaces address and filter. Pending deliveries go to the new address. @throws NOT_FOUND */
export async function changeWebhook(ctx: OneStopContext, id: string, input: WebhookInput): Promise<WebhookResult> {
  const { id: known } = await webhookById(ctx, id);
  const { columns, problems } = readWebhook(ctx, input);
  if (problems.length > 0) return refused(problems);
  return updated(ctx, known, { ...columns, ...FROM_NOW });
}

/** Pauses a webhook by hand. Its deliveries wait. A repetition changes nothing. @throws NOT_FOUND */
export async function pauseWebhook(ctx: OneStopContext, id: string): Promise<WebhookResult> {
  const webhook = await webhookById(ctx, id);
  if (webhook.pausedAt) return { webhook, secret: null, problems: [] };
  return updated(ctx, webhook.id, { pausedAt: ctx.now, pauseReason: "BY_HAND" });
}

/** Ends a pause: the deliveries that waited are made. A repetition changes nothing. @throws NOT_FOUND */
export async function resumeWebhook(ctx: OneStopContext, id: string): Promise<WebhookResult> {
  const webhook = await webhookById(ctx, id);
  if (!webhook.pausedAt) return { webhook, secret: null, problems: [] };
  return updated(ctx, webhook.id, { pausedAt: null, pauseReason: null, ...FROM_NOW });
}

/** Deletes a webhook with its secrets and deliveries. @throws NOT_FOUND, also at a repetition */
export async function deleteWebhook(ctx: OneStopContext, id: string): Promise<WebhookResult> {
  const { id: known } = await webhookById(ctx, id);
  await ctx.db.transaction(async (tx) => {
    await tx.delete(webhooks).where(eq(webhooks.id, known));
    await recordChange(tx, ctx.caller, [known], ["Webhook"]);
  });
  return { webhook: null, secret: null, problems: [] };
}

async function updated(ctx: OneStopContext, id: string, change: Partial<WebhookRow>): Promise<WebhookResult> {
  const webhook = await ctx.db.transaction(async (tx) => {
    const [row] = await tx.update(webhooks).set(change).where(eq(webhooks.id, id)).returning();
    await recordChange(tx, ctx.caller, [id], ["Webhook"]);
    return row;
  });
  if (!webhook) throw notFound("webhook");
  return { webhook, secret: null, problems: [] };
}
