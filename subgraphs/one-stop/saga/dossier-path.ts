import { awaitsPayment } from "./dependants.ts";
import {
  type Command,
  type DossierState,
  isEnded,
  isTerminal,
  type Outcome,
  type SagaState,
  type Step,
} from "./state.ts";

/** Derives the dossier's state from its steps; it is completed, and awaits a payment, only after IN_PROGRESS (national status 4 → 9, 4 → 6). */
export function updateDossier(
  state: SagaState,
  commands: Command[],
): { readonly state: SagaState; readonly commands: readonly Command[] } {
  if (isEnded(state.dossier)) return { state, commands };
  const path = dossierPath(state);
  for (const dossier of path) commands.push({ kind: "RECORD", step: null, state: dossier });
  const dossier = path.at(-1) ?? state.dossier;
  return { state: { ...state, dossier, outcome: isEnded(dossier) ? outcomeOf(state.steps) : null }, commands };
}

/** States of the dossier that follow from its steps, in their order; none if it stays. */
function dossierPath(state: SagaState): DossierState[] {
  const { dossier, steps, returnsAtOnce } = state;
  if (steps.every((step) => isTerminal(step.state))) {
    const path: DossierState[] = dossier === "IN_PROGRESS" ? ["COMPLETED"] : ["IN_PROGRESS", "COMPLETED"];
    return returnsAtOnce ? [...path, "RETURNED"] : path;
  }
  if (steps.some((step) => step.state === "SUPPLEMENT_NEEDED")) {
    return dossier === "AWAITING_CITIZEN" ? [] : ["AWAITING_CITIZEN"];
  }
  if (steps.some((step) => awaitsPayment(step, state))) {
    if (dossier === "AWAITING_PAYMENT") return [];
    return dossier === "AWAITING_CITIZEN" ? ["IN_PROGRESS", "AWAITING_PAYMENT"] : ["AWAITING_PAYMENT"];
  }
  return dossier === "RECEIVED" || dossier === "AWAITING_CITIZEN" ? ["IN_PROGRESS"] : [];
}

/** Outcome of a completed dossier, by its parts. */
function outcomeOf(steps: readonly Step[]): Outcome {
  const parts = steps.filter((step) => step.part);
  if (parts.every((part) => part.state === "GRANTED")) return "GRANTED";
  return parts.some((part) => part.state === "GRANTED") ? "PARTLY_GRANTED" : "REFUSED";
}
