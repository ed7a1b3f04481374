import type { Certainty } from "../definitions/definition.ts";

/** `ENTITLEMENT`: what the applicant may ask for beside the request. `LICENCE`: what the business needs before it trades. */
export type HintKind = "ENTITLEMENT" | "LICENCE";

/** Further entitlement with its rule. It is not examined whether it applies. */
export type Hint = {
  kind: HintKind;
  code: string;
  /** Vietnamese. */
  message: string;
  messageEn: string;
  /** Condition under which it applies. */
  rule: string;
  ruleEn: string;
  legalBasis: string;
  certainty: Certainty;
  /** Code of the procedure; null where the catalogue has none. */
  procedure: string | null;
  /** True if the request asks for it already. */
  included: boolean;
  /** Path into the input of what it follows from. */
  path: string[];
};
