import type { Step } from "../../subgraphs/one-stop/saga/state.ts";
import { type Mistake, withChangedDecision, withChangedInput } from "./mistake.ts";

/** Mistakes about fees, their payment and refund. */
export const MISTAKES_ABOUT_PAYMENTS: Readonly<Record<string, Mistake>> = {
  "one payment is counted for each notice": {
    detectedBy: /one payment is counted 2 times/,
    decide: withChangedInput((state, event) => {
      const isRepeated = event.kind === "PAID" && state.payment?.state === "PAID";
      return [isRepeated ? { ...state, payment: { ...state.payment, state: "PENDING" } } : state, event];
    }),
  },

  "the work begins before the payment": {
    detectedBy: /begins before the payment/,
    decide: withChangedInput((state, event) => [state, event.kind === "ACCEPTED" ? { kind: "ACCEPTED" } : event]),
  },

  "what an agency states to be paid is not ordered": {
    detectedBy: /what OBLIGATION states is never ordered/,
    decide: withChangedInput((state, event) => {
      if (event.kind !== "ANSWERED") return [state, event];
      const { owed: _, ...rest } = event;
      return [state, rest];
    }),
  },

  "the end of a term ends a dossier that awaits what an agency has stated": {
    detectedBy: /history of SETTLEMENT: BLOCKED, but CANCELLED/,
    decide: withChangedDecision((decision, _, event) => {
      if (event.kind !== "PAYMENT_EXPIRED") return decision;
      const cancelled = (step: Step): Step => (step.afterPayment ? { ...step, state: "CANCELLED" } : step);
      return { ...decision, state: { ...decision.state, steps: decision.state.steps.map(cancelled) } };
    }),
  },

  "the clock runs while the payment is awaited": {
    detectedBy: /acted on while the citizen is awaited|the term is over after/,
    decide: withChangedDecision(({ state, commands }) => ({
      state,
      commands: commands.filter(({ kind }) => kind !== "STOP_CLOCK" || state.dossier !== "AWAITING_PAYMENT"),
    })),
  },

  "the fee of a part that is not applicable is kept": {
    detectedBy: /paid, 0 refunded, but the parts cost/,
    decide: withChangedDecision(({ state, commands }, before) => ({
      state: { ...state, payment: state.payment && { ...state.payment, refundVnd: before.payment?.refundVnd ?? 0 } },
      commands: commands.filter(({ kind }) => kind !== "REFUND"),
    })),
  },

  "a refund is ordered again with every event": {
    detectedBy: /refunded, but the parts cost|but \d+ ordered/,
    decide: withChangedInput((state, event) => [
      { ...state, payment: state.payment && { ...state.payment, refundVnd: 0 } },
      event,
    ]),
  },
};
