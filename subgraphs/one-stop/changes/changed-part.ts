import type { OneStopContext } from "../loaders.ts";
import { STEP_STATES, type StepState } from "../saga/state.ts";
import type { Change, ChangedPart } from "./types.ts";

/** Part that a change is about; null for the whole dossier and for a step that is no part. */
export async function changedPart(
  { loaders }: OneStopContext,
  { dossierId, stepKey, state }: Change,
): Promise<ChangedPart | null> {
  if (stepKey === null || !isStepState(state)) return null;
  const steps = await loaders.stepsByDossier.load(dossierId);
  const step = steps.find((each) => each.part && each.key === stepKey);
  return step ? { id: step.id, state } : null;
}

function isStepState(state: string): state is StepState {
  return (STEP_STATES as readonly string[]).includes(state);
}
