import { type Decision, decide } from "../../subgraphs/one-stop/saga/decide.ts";
import type { SagaEvent, SagaState, Step } from "../../subgraphs/one-stop/saga/state.ts";
import type { Decide } from "./store.ts";

/** A mistake that somebody might make in `decide`, and the promise by which the simulation must notice it. */
export type Mistake = { readonly decide: Decide; readonly noticed: RegExp };

export function stepOf(state: SagaState, event: SagaEvent): Step | undefined {
  return "step" in event ? state.steps.find(({ key }) => key === event.step) : undefined;
}

export function withStep(state: SagaState, changed: Step): SagaState {
  return {
    ...state,
    steps: state.steps.map((step) => (step.key === changed.key ? changed : step)),
  };
}

/** The right decision, spoilt afterwards. */
export function spoilt(spoil: (decision: Decision, before: SagaState, event: SagaEvent) => Decision): Decide {
  return (state, event, chance, paces) => spoil(decide(state, event, chance, paces), state, event);
}

/** The right decision on a state or an event that was misread. */
export function misread(read: (state: SagaState, event: SagaEvent) => readonly [SagaState, SagaEvent]): Decide {
  return (state, event, chance, paces) => decide(...read(state, event), chance, paces);
}
