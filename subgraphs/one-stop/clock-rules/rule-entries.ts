import { commune } from "../../_shared/reference/communes.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import { type Calendar, type CalendarEntry, calendarOf, nationalEntries } from "../clock/calendar.ts";
import { type ClockRules, type Place, RELEASE_RULES } from "../clock/rules.ts";
import {
  type CutoffRules,
  DEFAULT_CUTOFF_RULES,
  DEFAULT_SUPPLEMENT_RULES,
  type ServiceRule,
  type SupplementRule,
} from "../clock/terms.ts";

/** Scope of a day of the calendar; null names every agency, province or office. */
export type Scope = { agency: AgencyCode | null; province: string | null; office: string | null };

/** A rule of the clock as it is stored under its key. */
export type RuleEntry =
  | { kind: "DAY"; scope: Scope; day: CalendarEntry }
  | { kind: "SERVICE"; rule: ServiceRule }
  | { kind: "SUPPLEMENT"; rule: SupplementRule }
  | { kind: "CUTOFF"; rules: CutoffRules };

/** A row of the log: the rule of a key from this revision on, or null where it ends. */
export type RuleRow = { id: number; key: string; value: RuleEntry | null };

export const NATIONAL: Scope = { agency: null, province: null, office: null };

export function dayKey({ agency, province, office }: Scope, date: string): string {
  return `DAY ${agency ?? "-"} ${province ?? "-"} ${office ?? "-"} ${date}`;
}

/** The key under which a rule is stored. A later row of the same key replaces it. */
export function keyOf(entry: RuleEntry): string {
  switch (entry.kind) {
    case "DAY":
      return dayKey(entry.scope, entry.day.date);
    case "SERVICE":
    case "SUPPLEMENT":
      return `${entry.kind} ${entry.rule.id}`;
    case "CUTOFF":
      return "CUTOFF";
  }
}

/** The rules that the release brings along. */
export function releaseEntries(): RuleEntry[] {
  return [
    ...nationalEntries().map((day): RuleEntry => ({ kind: "DAY", scope: NATIONAL, day })),
    ...DEFAULT_SUPPLEMENT_RULES.map((rule): RuleEntry => ({ kind: "SUPPLEMENT", rule })),
    { kind: "CUTOFF", rules: DEFAULT_CUTOFF_RULES },
  ];
}

/** The rules of a revision: the last row of each key up to it. */
export function rulesOf(rows: readonly RuleRow[], revision: number): ClockRules {
  const byKey = new Map<string, RuleEntry | null>();
  for (const { id, key, value } of rows) if (id <= revision) byKey.set(key, value);
  const entries = [...byKey.values()].filter((entry) => entry !== null);
  const days = entries.filter((entry) => entry.kind === "DAY");
  const cutoff = entries.find((entry) => entry.kind === "CUTOFF");
  return {
    revision,
    cutoffs: cutoff?.rules ?? RELEASE_RULES.cutoffs,
    serviceRules: entries.flatMap((entry) => (entry.kind === "SERVICE" ? [entry.rule] : [])),
    supplementRules: entries.flatMap((entry) => (entry.kind === "SUPPLEMENT" ? [entry.rule] : [])),
    calendarAt: calendars(days),
  };
}

type DayEntry = Extract<RuleEntry, { kind: "DAY" }>;

/** Calendars by place, each made once. */
function calendars(days: readonly DayEntry[]): ClockRules["calendarAt"] {
  const national = days.filter(({ scope }) => breadth(scope) === 0);
  const local = days.filter(({ scope }) => breadth(scope) > 0);
  const known = new Map<string, Calendar>();
  return (place) => {
    const own = local.filter(({ scope }) => isWithin(place, scope)).sort((a, b) => breadth(a.scope) - breadth(b.scope));
    const name = own.length === 0 ? "" : `${place.agency} ${place.office}`;
    const calendar = known.get(name) ?? calendarOf([...national, ...own].map(({ day }) => day));
    known.set(name, calendar);
    return calendar;
  };
}

/** The narrower scope has the last word: an office's day before a province's before an agency's. */
function breadth({ agency, province, office }: Scope): number {
  return (agency ? 1 : 0) + (province ? 2 : 0) + (office ? 4 : 0);
}

function isWithin({ agency, office }: Place, scope: Scope): boolean {
  if (scope.agency !== null && scope.agency !== agency) return false;
  if (scope.office !== null && scope.office !== office) return false;
  return scope.province === null || scope.province === commune(office)?.province;
}
