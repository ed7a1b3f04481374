import type postgres from "postgres";
import { loadDossier } from "../saga/dossier.ts";
import type { SagaEvent } from "../saga/state.ts";
import { writeTransition } from "../saga/store.ts";
import { transition } from "../saga/transition.ts";
import { applyNotice, type PaymentContext } from "./apply-notice.ts";
import { dong } from "./payment.ts";
import { type PaymentProvider, ProviderRefusal } from "./provider.ts";

/** A refund that the provider is to pay out, in dong. */
export type DueRefund = { id: string; payment: string; amountVnd: number };

/** Has the provider pay a refund out, and records it. A refused refund becomes a payment discrepancy. @throws ProviderUnavailable */
export async function payOut(
  paymentContext: PaymentContext,
  provider: PaymentProvider,
  refund: DueRefund,
): Promise<void> {
  const { sql, configuration } = paymentContext;
  const { id, payment, amountVnd } = refund;
  try {
    const receipt = await provider.refund(payment, id, amountVnd);
    await configuration.failpoints("after-call", "REFUND");
    await recordPayout(paymentContext, refund, receipt);
    await configuration.failpoints("after-commit", "REFUND");
  } catch (error) {
    if (!(error instanceof ProviderRefusal)) throw error;
    await applyNotice(paymentContext, { kind: "REFUSED_REFUND", transaction: id, order: payment, amountVnd }, "QUERY");
    await sql`update payment_refunds set next_attempt_at = null where id = ${id}`;
  }
}

/** Records the payout of a refund once. If a reversal has removed the refund meanwhile, the payout becomes a payment discrepancy. */
async function recordPayout(paymentContext: PaymentContext, refund: DueRefund, receipt: string): Promise<void> {
  const { id, payment, amountVnd } = refund;
  const { sql, kinds, configuration, rules } = paymentContext;
  const note = `Đã hoàn trả ${dong(amountVnd)}, mã hoàn trả ${receipt}`;
  const event: SagaEvent = { kind: "REFUNDED", amountVnd, note };
  for (;;) {
    const [order] = await sql<{ dossier: string }[]>`select dossier_id as dossier from payments where id = ${payment}`;
    const dossier = order && (await loadDossier(sql, kinds, order.dossier));
    if (!dossier) return;
    await rules.reach(dossier.rulesRevision);
    const now = paymentContext.now();
    const next = transition(dossier, [event], null, {
      ...{ now, jitter: 0, backoff: configuration.backoff, actor: "ONE_STOP", leaseFollowUps: false, rules },
    });
    const written = await sql
      .begin(async (transaction) => {
        const tx = transaction as unknown as postgres.Sql; // the same functions, on one connection
        const result = await writeTransition(tx, dossier, next, now, configuration.leaseMs);
        if (!result) return "DOSSIER_CHANGED";
        const marked = await tx`
        update payment_refunds set done_at = ${now}, receipt = ${receipt}, next_attempt_at = null
         where id = ${id} and done_at is null returning id`;
        if (marked.length === 0) throw new RefundNotDue();
        return result.dossier;
      })
      .catch((error: unknown) => {
        if (error instanceof RefundNotDue) return null;
        throw error;
      });
    if (written === "DOSSIER_CHANGED") continue;
    if (written) paymentContext.progress.notify(written);
    else if (await isRemoved(sql, refund)) {
      const notice = { kind: "PAID_REFUND", transaction: receipt, order: payment, amountVnd } as const;
      await applyNotice(paymentContext, notice, "QUERY");
    }
    return;
  }
}

async function isRemoved(sql: postgres.Sql, { id }: DueRefund): Promise<boolean> {
  return (await sql`select 1 from payment_refunds where id = ${id}`).length === 0;
}

/** Thrown inside the transaction to roll it back: the refund is recorded or removed already. */
class RefundNotDue extends Error {}
