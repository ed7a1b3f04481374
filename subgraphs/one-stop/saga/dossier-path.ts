import { type DossierState, isTerminal, type Outcome, type SagaState, type Step } from "./state.ts";

/** States of the dossier that follow from its steps, in their order; none if it stays. */
export function dossierPath({ dossier, steps, returnsAtOnce }: SagaState): DossierState[] {
  if (steps.every((step) => isTerminal(step.state))) {
    const path: DossierState[] = dossier === "IN_PROGRESS" ? ["COMPLETED"] : ["IN_PROGRESS", "COMPLETED"];
    return returnsAtOnce ? [...path, "RETURNED"] : path;
  }
  if (steps.some((step) => step.state === "SUPPLEMENT_NEEDED")) {
    return dossier === "AWAITING_CITIZEN" ? [] : ["AWAITING_CITIZEN"];
  }
  return dossier === "RECEIVED" || dossier === "AWAITING_CITIZEN" ? ["IN_PROGRESS"] : [];
}

/** Outcome of a completed dossier, by its parts. */
export function outcomeOf(steps: readonly Step[]): Outcome {
  const parts = steps.filter((step) => step.part);
  if (parts.every((part) => part.state === "GRANTED")) return "GRANTED";
  return parts.some((part) => part.state === "GRANTED") ? "PARTLY_GRANTED" : "REFUSED";
}
