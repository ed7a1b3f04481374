import type { PaymentFact } from "../payment-facts.ts";
import { type Violation, violationsOf } from "../violation.ts";

const HELD = new Set(["PAID", "REFUND_DUE", "REFUNDED"]);

/**
 * Checks that a payment counts once, that the money paid less the refunds is what the parts cost that were worked on, and that
 * desk and provider have the same books.
 */
export function paymentsAgree({ payments }: { payments: readonly PaymentFact[] }): Violation[] {
  return violationsOf("payments", payments.map(faultOf));
}

function faultOf(fact: PaymentFact): string | null {
  const { code, state, amountVnd, costVnd, refundedVnd, timesPaid, provider, dossierState } = fact;
  const paidVnd = provider && provider.state !== "OPEN" ? provider.paidVnd : 0;
  const paidBack = provider?.refunds.reduce((sum, refund) => sum + refund.amountVnd, 0) ?? 0;
  const name = `the payment of ${code}, which is ${state},`;
  if (timesPaid > 1) return `${name} is counted ${timesPaid} times`;
  if (provider && provider.state === "REVERSED") return HELD.has(state) ? `${name} is reversed at the provider` : null;
  if (HELD.has(state) !== paidVnd > 0) return `${name} is ${paidVnd} at the provider`;
  if (refundedVnd !== paidBack) return `${name} has refunds of ${refundedVnd} here and ${paidBack} at the provider`;
  if (state === "REFUND_DUE") return `${name} is not refunded`;
  if (dossierState === "AWAITING_PAYMENT" && state !== "PENDING") return `${name} has not begun the work`;
  if (!HELD.has(state)) return null;
  return amountVnd - refundedVnd === costVnd ? null : `${name} keeps ${amountVnd - refundedVnd} for work of ${costVnd}`;
}
