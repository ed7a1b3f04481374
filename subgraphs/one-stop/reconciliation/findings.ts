import type { PartAnswerState } from "../../_shared/parts/procedure.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import type { DossierState, StepState } from "../saga/state.ts";

export const FINDING_KINDS = {
  /** The desk has a decision, or a part in process, that the agency does not know: its register is older. */
  MISSING_AT_AGENCY: "the agency does not know what it answered",
  /** The agency has a newer state than the desk: the desk's database is older, or an answer is still to be fetched. */
  BEHIND_AGENCY: "the desk does not know yet what the agency has decided",
  /** An open step has no planned work. */
  STUCK: "nothing works on it any more",
  /** Both sides have granted the part, but the agency names another entry of its register. */
  RESULT_DIFFERS: "the agency names another entry of its register",
  /** Two decisions that cannot both be true. */
  CONFLICT: "desk and agency contradict each other",
  /** The agency decided a part of a dossier that the desk has lost. Its request is gone: nothing can be resumed. */
  UNKNOWN_AT_ONE_STOP: "the desk has lost the dossier",
} as const;
export type FindingKind = keyof typeof FINDING_KINDS;

/** Remedy of a difference; PERSON if it cannot be mended automatically. */
export type Remedy = "REDELIVER" | "RESUME" | "RECORD" | "PERSON";

/** Difference between the desk and an agency, or inconsistency within the desk. */
export type Finding = {
  kind: FindingKind;
  remedy: Remedy;
  /** Code of the dossier; null if the agency does not know it either. */
  dossier: string | null;
  /** Key of the step; null for the dossier as a whole or an unknown step. */
  step: string | null;
  agency: AgencyCode | null;
  part: string | null;
  atOneStop: StepState | DossierState | null;
  atAgency: PartAnswerState | null;
  note: string;
};

/**
 * Outcome of a finding. `PLANNED`: a dry run changed nothing; `UNANSWERED`: the agency did not answer the remedy;
 * `PERSON`: nothing was changed, a person must decide.
 */
export type Outcome = "RESUMED" | "PLANNED" | "UNANSWERED" | "PERSON";
export type ResolvedFinding = Finding & { outcome: Outcome };
