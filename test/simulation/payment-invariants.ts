import { PAYMENT_STATES } from "../../subgraphs/one-stop/payments/payment.ts";
import { isTerminal } from "../../subgraphs/one-stop/saga/state.ts";
import { invariantViolated } from "./invariant-violation.ts";
import type { Schedule } from "./schedule.ts";
import type { Store } from "./simulated-store.ts";

export function isPaymentState(state: string): boolean {
  return (PAYMENT_STATES as readonly string[]).includes(state);
}

/** Checks that no work begins before the payment; where an agency has stated it, none of the steps that wait for it. */
export function checkPayment({ state }: Store): void {
  if (state.payment === null) return;
  const isStated = state.steps.some(({ afterPayment }) => afterPayment);
  const begun = state.steps.find((step) => step.state !== "BLOCKED" && (step.afterPayment || !isStated));
  if (state.payment.state === "PENDING" && begun) throw invariantViolated(`${begun.key} begins before the payment`);
}

/** Checks that a payment is counted once, and that the money paid less the refunds is what the parts cost that were worked on. */
export function checkPaymentEnd({ state, history, refunded }: Store, stated: Schedule["stated"]): void {
  const { payment, steps } = state;
  if (payment === null) {
    const stating = steps.find(({ key, state: now }) => key === stated?.by && now === "GRANTED");
    if (stating) throw invariantViolated(`what ${stating.key} states is never ordered`);
    return;
  }
  const paid = history.filter((entry) => entry.state === "PAID").length;
  if (paid > 1) throw invariantViolated(`one payment is counted ${paid} times`);
  const dropped = new Set(steps.filter((step) => step.state === "NOT_APPLICABLE").map(({ key }) => key));
  const cost = payment.lines.reduce((sum, line) => (dropped.has(line.step) ? sum : sum + line.amountVnd), 0);
  if (payment.amountVnd - refunded !== cost)
    throw invariantViolated(`${payment.amountVnd} paid, ${refunded} refunded, but the parts cost ${cost}`);
  if (payment.refundVnd !== refunded)
    throw invariantViolated(`refunds of ${payment.refundVnd}, but ${refunded} ordered`);
  const isOver = steps.every((step) => isTerminal(step.state));
  if (isOver && payment.state !== (refunded > 0 ? "REFUND_DUE" : "PAID"))
    throw invariantViolated(`the payment is ${payment.state} after refunds of ${refunded}`);
}
