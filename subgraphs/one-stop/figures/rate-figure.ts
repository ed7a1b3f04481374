import type { LegalDay } from "../../_shared/reference/days.ts";
import type { Scope } from "../supervision/scope.ts";
import type { RateRule } from "./rate-rules.ts";
import type { RatePoint } from "./types.ts";

/** Period from a day to the day before `end`. */
export type PeriodOfScope = { scope: Scope; from: LegalDay; end: LegalDay; byMonth: boolean };

/** Instants, in milliseconds since 1970, from which on and until which dossiers were received. */
export type Receipts = { earliest: number; latest: number };

/** Rate of a period and scope, with what its list needs. */
export type RateFigure = {
  rule: RateRule;
  numerator: number;
  denominator: number;
  points: RatePoint[];
  isCurrent: boolean;
  /** Of the dossiers behind it; null where they are not known without a look at them. */
  receipts: Receipts | null;
  of: PeriodOfScope;
};
