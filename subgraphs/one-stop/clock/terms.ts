import type { LegalDay } from "../../_shared/reference/days.ts";
import { weekdayOf } from "./calendar.ts";

/** Units of the catalogue's terms. WORKING_DAY_SAME is the working day of receipt. */
export const TERM_UNITS = ["WORKING_DAY_SAME", "WORKING_DAY", "DAY", "HOUR", "MONTH", "YEAR"] as const;
export type TermUnit = (typeof TERM_UNITS)[number];

/** A term (thời hạn): a number of units; 1 for WORKING_DAY_SAME. Hours are working hours. */
export type Term = { quantity: number; unit: TermUnit };

/**
 * The time of day at and after which what comes in counts as received on the next working day. `FIFTEEN_HOURS` is the rule of
 * same-day civil status and the interlinked groups (Decree 63/2024); `OFFICE_CLOSED` is the end of office hours.
 */
export type Cutoff = { time: `${number}:${number}`; rule: "FIFTEEN_HOURS" | "OFFICE_CLOSED" };

export const FIFTEEN_HOURS: Cutoff = { time: "15:00", rule: "FIFTEEN_HOURS" };
export const OFFICE_CLOSED: Cutoff = { time: "17:30", rule: "OFFICE_CLOSED" };

/** A time during which the clock stands still: while the citizen or a payment is awaited, or an officer of another office. */
export type Suspension = {
  from: Date;
  /** Null while it lasts. */
  to: Date | null;
  reason: "CITIZEN" | "PAYMENT";
  /** True if the term goes on afterwards or begins anew. */
  after: "RESUME" | "RESTART";
};

/** More time by decision, such as the verification that makes three working days five. In the term's own unit. */
export type Extension = { by: number; reason: "VERIFICATION" | "OFFICER" };

/**
 * A local service rule of some weekdays: on a "no-appointment day" results come on the day of receipt; on a "Green Friday"
 * terms are shortened. Null names every domain, procedure or office.
 */
export type ServiceRule = {
  id: string;
  name: string;
  nameEn: string;
  /** 0 is Sunday. */
  weekdays: readonly number[];
  validFrom: LegalDay;
  validTo: LegalDay | null;
  domains: readonly string[] | null;
  procedures: readonly string[] | null;
  offices: readonly string[] | null;
  effect: { kind: "SAME_DAY" } | { kind: "PERCENT"; percent: number };
};

/** What a dossier is about, as far as local service rules ask. */
export type Subject = { domain: string; procedure: string; office: string };

/** The domains whose same-day procedures keep the rule of 15:00, and those that keep it whatever the term. */
export type CutoffRules = { sameDayDomains: readonly string[]; domains: readonly string[] };

/** By default the rule of 15:00 holds for same-day civil status and for the interlinked groups. */
export const DEFAULT_CUTOFF_RULES: CutoffRules = { sameDayDomains: ["civil_status"], domains: ["interlinked"] };

/** The cut-off of a procedure of a domain. */
export function cutoffOf(domain: string, unit: TermUnit, rules: CutoffRules = DEFAULT_CUTOFF_RULES): Cutoff {
  const sameDay = unit === "WORKING_DAY_SAME" && rules.sameDayDomains.includes(domain);
  return sameDay || rules.domains.includes(domain) ? FIFTEEN_HOURS : OFFICE_CLOSED;
}

const INTERLINKED_SUPPLEMENT: Term = { quantity: 7, unit: "WORKING_DAY" };

/** The citizen's term to answer a supplement: seven working days for the interlinked groups (Decree 63/2024), else none. */
export function supplementTerm(domain: string): Term | null {
  return domain === "interlinked" ? INTERLINKED_SUPPLEMENT : null;
}

/** The first service rule in force for a dossier counted as received on a day. */
export function serviceRuleFor(
  rules: readonly ServiceRule[],
  subject: Subject,
  receiptDay: LegalDay,
): ServiceRule | null {
  const holds = (names: readonly string[] | null, name: string) => names === null || names.includes(name);
  const found = rules.find(
    (rule) =>
      rule.validFrom <= receiptDay &&
      (rule.validTo === null || receiptDay <= rule.validTo) &&
      rule.weekdays.includes(weekdayOf(receiptDay)) &&
      holds(rule.domains, subject.domain) &&
      holds(rule.procedures, subject.procedure) &&
      holds(rule.offices, subject.office),
  );
  return found ?? null;
}

/** A term under a service rule. A shortened term is rounded up and is never below one unit. */
export function shortened(term: Term, { effect }: ServiceRule): Term {
  if (effect.kind === "SAME_DAY") return { quantity: 1, unit: "WORKING_DAY_SAME" };
  return { ...term, quantity: Math.max(1, Math.ceil((term.quantity * effect.percent) / 100)) };
}
