import { and, eq, isNull, sql } from "drizzle-orm";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import { demandIdempotencyKey } from "../../_shared/serving/idempotency.ts";
import { ownProblem } from "../acceptance/problems.ts";
import type { OneStopContext } from "../loaders.ts";
import { overlapImpossible } from "./problems.ts";
import { newSecret } from "./secrets.ts";
import { webhookSecrets, webhooks } from "./tables.ts";
import { type WebhookResult, webhookById } from "./webhooks.ts";

/** Longest time for which two secrets sign, in hours. */
const LONGEST_OVERLAP = 168;

/**
 * Makes a new secret, once for each key; the one before signs too for some more hours. A repetition does not show the secret
 * again.
 * @throws NOT_FOUND
 */
export async function rotateSecret(
  ctx: OneStopContext,
  id: string,
  overlapHours: number,
  idempotencyKey: string,
): Promise<WebhookResult> {
  demandIdempotencyKey(idempotencyKey);
  const webhook = await webhookById(ctx, id);
  if (overlapHours < 0 || overlapHours > LONGEST_OVERLAP)
    return {
      webhook: null,
      secret: null,
      problems: [ownProblem(["overlapHours"], overlapImpossible(LONGEST_OVERLAP))],
    };
  const secret = newSecret();
  const isNew = await ctx.db.transaction(async (tx) => {
    await tx.select({ id: webhooks.id }).from(webhooks).where(eq(webhooks.id, webhook.id)).for("update");
    const isKnown = and(eq(webhookSecrets.webhookId, webhook.id), eq(webhookSecrets.idempotencyKey, idempotencyKey));
    const known = await tx.select({ number: webhookSecrets.number }).from(webhookSecrets).where(isKnown);
    if (known.length > 0) return false;
    await tx
      .update(webhookSecrets)
      .set({ endsAt: sql`now() + ${overlapHours} * interval '1 hour'` })
      .where(and(eq(webhookSecrets.webhookId, webhook.id), isNull(webhookSecrets.endsAt)));
    await tx.insert(webhookSecrets).values({ webhookId: webhook.id, secret, idempotencyKey });
    await recordChange(tx, ctx.caller, [webhook.id], ["Webhook"]);
    return true;
  });
  return { webhook, secret: isNew ? secret : null, problems: [] };
}
