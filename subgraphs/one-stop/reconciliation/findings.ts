import type { PartAnswerState } from "../../_shared/parts/procedure.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import type { DossierState, StepState } from "../saga/state.ts";

export const FINDING_KINDS = {
  /** The desk knows a decision, or work in progress, of which the agency knows nothing: its register is older. */
  MISSING_AT_AGENCY: "the agency does not know what it answered",
  /** The agency is further than the desk knows: the desk's database is older, or an answer is still to be fetched. */
  BEHIND_AGENCY: "the desk does not know yet what the agency has decided",
  /** Something is to be done and nothing will do it. */
  STUCK: "nothing works on it any more",
  /** Both say granted, and the agency names another entry of its register. */
  RESULT_DIFFERS: "the agency names another entry of its register",
  /** Two decisions that cannot both be true. */
  CONFLICT: "desk and agency contradict each other",
  /** The agency decided a part of a dossier that the desk has lost. Its request is gone: nothing can be resumed. */
  UNKNOWN_AT_ONE_STOP: "the desk has lost the dossier",
} as const;
export type FindingKind = keyof typeof FINDING_KINDS;

/** What can be done about a difference without a person. */
export type Remedy = "REDELIVER" | "RESUME" | "RECORD" | "PERSON";

/** One difference between the desk and an agency, or of the desk with itself. */
export type Finding = {
  kind: FindingKind;
  remedy: Remedy;
  /** Code of the dossier; null if the agency does not know it either. */
  dossier: string | null;
  /** Key of the step; null where the dossier as a whole is meant, or the step is unknown here. */
  step: string | null;
  agency: AgencyCode | null;
  part: string | null;
  atOneStop: StepState | DossierState | null;
  atAgency: PartAnswerState | null;
  note: string;
};

/**
 * What came of a finding. `PLANNED`: a dry run left it; `UNANSWERED`: the agency did not answer when it was to be mended;
 * `PERSON`: nothing was changed, somebody must look.
 */
export type Outcome = "RESUMED" | "PLANNED" | "UNANSWERED" | "PERSON";
export type Settled = Finding & { outcome: Outcome };
