import { type Decision, decide } from "../../subgraphs/one-stop/saga/decide.ts";
import type { SagaEvent, SagaState, Step } from "../../subgraphs/one-stop/saga/state.ts";
import type { Decide } from "./simulated-store.ts";

/** Plausible mistake in `decide`, and the message of the invariant by which the simulation must detect it. */
export type Mistake = { readonly decide: Decide; readonly detectedBy: RegExp };

export function stepOf(state: SagaState, event: SagaEvent): Step | undefined {
  return "step" in event ? state.steps.find(({ key }) => key === event.step) : undefined;
}

export function withStep(state: SagaState, changed: Step): SagaState {
  return {
    ...state,
    steps: state.steps.map((step) => (step.key === changed.key ? changed : step)),
  };
}

/** The correct decision, changed afterwards. */
export function withChangedDecision(
  spoil: (decision: Decision, before: SagaState, event: SagaEvent) => Decision,
): Decide {
  return (state, event, jitter, backoff) => spoil(decide(state, event, jitter, backoff), state, event);
}

/** The correct decision for a changed state or event. */
export function withChangedInput(
  read: (state: SagaState, event: SagaEvent) => readonly [SagaState, SagaEvent],
): Decide {
  return (state, event, jitter, backoff) => decide(...read(state, event), jitter, backoff);
}
