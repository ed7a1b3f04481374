import type { LegalDay } from "../../_shared/reference/days.ts";
import type { Scope } from "../supervision/scope.ts";
import type { RateRule } from "./rate-rules.ts";
import type { RatePoint } from "./types.ts";

/** Period from a day to the day before `end`. */
export type PeriodOfScope = { scope: Scope; from: LegalDay; end: LegalDay; byMonth: boolean };

/** Rate of a period and scope, with what its list needs. */
export type RateFigure = {
  rule: RateRule;
  numerator: number;
  denominator: number;
  points: RatePoint[];
  isCurrent: boolean;
  of: PeriodOfScope;
};
