import { initialState } from "../../subgraphs/one-stop/definitions/steps.ts";
import { type Decision, decide } from "../../subgraphs/one-stop/saga/decide.ts";
import type { AnswerState, SagaEvent, SagaState } from "../../subgraphs/one-stop/saga/state.ts";
import { birthDefinition } from "./birth-definition.ts";

/** A birth dossier as it is received, and the events of its steps. */
export const received = initialState(birthDefinition("2026-11-23"), false);

export const accepted: SagaEvent = { kind: "ACCEPTED" };
export const called = (step: string): SagaEvent => ({ kind: "CALLED", step });
export const refusedConnection = (step: string): SagaEvent => ({
  kind: "NOT_ANSWERED",
  step,
  delivered: "NO",
});
export const timedOut = (step: string): SagaEvent => ({
  kind: "NOT_ANSWERED",
  step,
  delivered: "UNKNOWN",
});
export const answered = (step: string, state: AnswerState): SagaEvent => ({
  kind: "ANSWERED",
  step,
  answer: { state },
});
export const granted = (step: string): SagaEvent[] => [called(step), answered(step, "GRANTED")];

export function having(events: readonly SagaEvent[], start: SagaState = received): Decision {
  return events.reduce<Decision>(({ state }, event) => decide(state, event, 1), { state: start, commands: [] });
}

export function statesOf({ state }: Decision): Record<string, string> {
  return Object.fromEntries(state.steps.map((step) => [step.key, step.state]));
}

export const stepOf = ({ state }: Decision, key: string) => state.steps.find((step) => step.key === key);
export const beforeTheBranches = [accepted, ...granted("BIRTH"), ...granted("PERSONAL_NUMBER")];
