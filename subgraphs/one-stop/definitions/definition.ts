import type { AgencyCode } from "../../agency-registry.ts";
import type { Term } from "../clock/terms.ts";
import type { PublishedFee } from "../procedures/procedure-facts.ts";
import type { Effect } from "../saga/state.ts";

/** Reliability of a code or figure, as the domain reference marks it. Configuration can correct a `likely` or `unsure` one. */
export type Certainty = "sure" | "likely" | "unsure";

/** Limits of a whole dossier in working days; `verified` applies where an agency has to verify something first. */
export type GroupWorkingDays = { readonly plain: number; readonly verified: number };

/** Step of a dossier: one call to one agency. */
export type StepDefinition = {
  readonly key: string;
  /** False for a step that is not a part of the dossier. */
  readonly part: boolean;
  readonly agency: AgencyCode;
  /** Code of the procedure (mã TTHC), or the name of a step that no catalogue lists. */
  readonly procedure: string;
  /** Vietnamese name in the history of a step that is not a part. */
  readonly title?: string;
  readonly titleEn?: string;
  readonly dependsOn: readonly string[];
  readonly effect: Effect;
  /** Counted from the release of the step. */
  readonly term: Term;
  readonly feeVnd: number;
  /** Fees that the catalogue publishes, in place of `feeVnd`. */
  readonly fees?: readonly PublishedFee[];
  /** False where the agency has nothing to check before the submission. */
  readonly checkable?: boolean;
  /** True if officers decide the step in the desk's work list, because the agency's service does not. */
  readonly officer?: boolean;
  /**
   * True if the step begins only when what the agency of an earlier step has stated in its fact `payable` is paid. The steps of such
   * a definition follow one another, and have no fees of their own.
   */
  readonly afterPayment?: boolean;
  /** Name of the branch that the applicant may leave out. */
  readonly optionalFor?: string;
};

/** Code in the catalogue, and names. */
type Title = {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly certainty: Certainty;
};

/** Title and limits of a dossier without some branches. Absent limits are those of the whole definition. */
export type Variant = Title & { readonly without: readonly string[]; readonly groupWorkingDays?: GroupWorkingDays };

/** One version of a kind of dossier. A dossier pins `id` and `version` and finishes under them. */
export type DossierDefinition = Title & {
  readonly id: string;
  readonly version: number;
  /** Domain of the catalogue, which the rules of the clock go by. */
  readonly domain: string;
  /** Key under which configuration corrects the code. */
  readonly regime: string;
  /** First legal day of receipt (`yyyy-MM-dd`, Asia/Ho_Chi_Minh) under this version. */
  readonly validFrom: string;
  /** Absent where the dossier is due with its last step. */
  readonly groupWorkingDays?: GroupWorkingDays;
  readonly steps: readonly StepDefinition[];
  readonly variants?: readonly Variant[];
};
