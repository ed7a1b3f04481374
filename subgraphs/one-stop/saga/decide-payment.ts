import { isHeld, isOwed, orderOf, type SagaPayment } from "../payments/payment.ts";
import { clearWork, record } from "./commands.ts";
import { awaitsConfirmation, beginWork } from "./decide-certificate.ts";
import { propagate } from "./dependants.ts";
import { type Command, isEnded, isTerminal, type SagaEvent, type SagaState, type Step } from "./state.ts";

type Decided = { readonly state: SagaState; readonly commands: readonly Command[] };
type PaymentEvent = Extract<
  SagaEvent,
  { kind: "PAID" | "PAYMENT_WAIVED" | "PAYMENT_REVERSED" | "PAYMENT_EXPIRED" | "REFUNDED" }
>;

const KINDS: ReadonlySet<string> = new Set<PaymentEvent["kind"]>([
  ...(["PAID", "PAYMENT_WAIVED", "PAYMENT_REVERSED", "PAYMENT_EXPIRED", "REFUNDED"] as const),
]);

export function isPaymentEvent(event: SagaEvent): event is PaymentEvent {
  return KINDS.has(event.kind);
}

/** Keeps all steps back until the fee is paid. */
export function awaitPayment(state: SagaState, commands: readonly Command[]): Decided {
  const awaiting: Command = { kind: "RECORD", step: null, state: "AWAITING_PAYMENT" };
  return { state: { ...state, dossier: "AWAITING_PAYMENT" }, commands: [...commands, awaiting] };
}

/** State after an event of the payment. A repeated event, or one that does not fit the order's state, changes nothing. */
export function decidePayment(state: SagaState, event: PaymentEvent): Decided {
  const { payment } = state;
  if (!payment) return { state, commands: [] };
  switch (event.kind) {
    case "PAID": {
      // money that arrives too late is taken, so that it can be refunded
      if (!isOwed(payment.state) && payment.state !== "EXPIRED") return { state, commands: [] };
      return settled(state, { ...payment, state: "PAID", refundVnd: payment.refundedVnd });
    }
    case "PAYMENT_WAIVED":
      return isOwed(payment.state) ? settled(state, { ...payment, state: "WAIVED" }) : { state, commands: [] };
    case "PAYMENT_REVERSED":
      return isHeld(payment.state) ? recorded(state, { ...payment, state: "REVERSED" }) : { state, commands: [] };
    case "PAYMENT_EXPIRED":
      return awaitsFirstPayment(state) ? notAccepted(state) : { state, commands: [] };
    case "REFUNDED": {
      const refundedVnd = payment.refundedVnd + event.amountVnd;
      if (payment.state !== "REFUND_DUE" || refundedVnd > payment.refundVnd) return { state, commands: [] };
      const isDone = refundedVnd === payment.refundVnd;
      return recorded(state, { ...payment, refundedVnd, state: isDone ? "REFUNDED" : "REFUND_DUE" }, "REFUNDED");
    }
  }
}

/**
 * Orders the refund of fees whose part nobody worked on: it is not applicable, or was cancelled before its work began. An order
 * that is not paid yet ends when nothing is left to pay for.
 */
export function withRefund({ state, commands }: Decided): Decided {
  const { payment } = state;
  if (!payment || payment.state === "WAIVED" || payment.state === "EXPIRED") return { state, commands };
  const dropped = feesOfDropped(payment, state.steps);
  if (isOwed(payment.state)) {
    if (dropped < payment.amountVnd) return { state, commands };
    return { state: { ...state, payment: { ...payment, state: "EXPIRED" } }, commands };
  }
  const amountVnd = dropped - payment.refundVnd;
  if (amountVnd <= 0) return { state, commands };
  const due: SagaPayment = { ...payment, state: "REFUND_DUE", refundVnd: dropped };
  return { state: { ...state, payment: due }, commands: [...commands, { kind: "REFUND", amountVnd }] };
}

/** Sum of the fees of parts that nobody worked on. */
export function feesOfDropped({ lines }: Pick<SagaPayment, "lines">, steps: readonly Step[]): number {
  const dropped = new Set(steps.filter(isDropped).map(({ key }) => key));
  return lines.reduce((sum, { step, amountVnd }) => (dropped.has(step) ? sum + amountVnd : sum), 0);
}

function isDropped({ state, attempts, claimed }: Step): boolean {
  return state === "NOT_APPLICABLE" || (state === "CANCELLED" && attempts === 0 && !claimed);
}

function recorded(state: SagaState, payment: SagaPayment, shown = payment.state): Decided {
  return { state: { ...state, payment }, commands: [{ kind: "RECORD", step: null, state: shown }] };
}

/** Begins the work that waited for the payment, also while the citizen is awaited for another part. */
function settled(before: SagaState, payment: SagaPayment): Decided {
  const { state, commands } = recorded(before, payment);
  if (isEnded(state.dossier) || awaitsConfirmation(state)) return { state, commands };
  if (state.dossier !== "AWAITING_PAYMENT") {
    const released = [...commands];
    return { state: { ...state, steps: propagate(state, released) }, commands: released };
  }
  const begun: Command[] = [...commands, { kind: "RECORD", step: null, state: "IN_PROGRESS" }];
  return beginWork({ ...state, dossier: "IN_PROGRESS" }, begun);
}

/** The order for what an agency states to be paid with its grant, unless the dossier has one. */
export function withOwed(
  state: SagaState,
  { answer, owed }: Extract<SagaEvent, { kind: "ANSWERED" }>,
  commands: Command[],
): SagaState {
  if (answer.state !== "GRANTED" || !owed || owed.lines.length === 0 || state.payment) return state;
  commands.push({ kind: "RECORD", step: null, state: "PENDING" });
  return { ...state, payment: orderOf(owed.lines) };
}

/** True if a fee is awaited before any work. What an agency states to be paid after its grant has no term that ends a dossier. */
function awaitsFirstPayment({ dossier, steps }: SagaState): boolean {
  return dossier === "AWAITING_PAYMENT" && steps.every(({ state }) => state === "BLOCKED");
}

function notAccepted(state: SagaState): Decided {
  const open = state.steps.filter((step) => !isTerminal(step.state));
  const commands = open.flatMap((step) => [record(step, "CANCELLED"), clearWork(step)]);
  const steps = state.steps.map((step): Step => (open.includes(step) ? { ...step, state: "CANCELLED" } : step));
  const over: Command = { kind: "RECORD", step: null, state: "NOT_ACCEPTED" };
  return { state: { ...state, steps, dossier: "NOT_ACCEPTED" }, commands: [...commands, over] };
}
