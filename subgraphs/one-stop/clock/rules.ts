import type { AgencyCode } from "../../agency-registry.ts";
import { type Calendar, nationalCalendar } from "./calendar.ts";
import {
  type CutoffRules,
  DEFAULT_CUTOFF_RULES,
  DEFAULT_SUPPLEMENT_RULES,
  type ServiceRule,
  type SupplementRule,
} from "./terms.ts";

/** Calendar to use: that of an agency at the office of a commune. */
export type Place = { agency: AgencyCode; office: string };

/** Rules of the clock at one revision. Each due date refers to the revision that determined it. */
export type ClockRules = {
  readonly revision: number;
  readonly cutoffs: CutoffRules;
  readonly serviceRules: readonly ServiceRule[];
  readonly supplementRules: readonly SupplementRule[];
  calendarAt(place: Place): Calendar;
};

/** Rules of all revisions. A dossier keeps the rules of its revision until its due dates are computed again. */
export type RulesLog = { current(): ClockRules; at(revision: number): ClockRules };

/** Rules of the release, without changes by the operator. */
export const RELEASE_RULES: ClockRules = {
  ...{ revision: 0, cutoffs: DEFAULT_CUTOFF_RULES, serviceRules: [], supplementRules: DEFAULT_SUPPLEMENT_RULES },
  calendarAt: () => nationalCalendar(),
};
