import type { LegalDay } from "../../_shared/reference/days.ts";
import { weekdayOf } from "./calendar.ts";

/** Units of the catalogue's terms. WORKING_DAY_SAME is the working day of receipt. */
export const TERM_UNITS = ["WORKING_DAY_SAME", "WORKING_DAY", "DAY", "HOUR", "MONTH", "YEAR"] as const;
export type TermUnit = (typeof TERM_UNITS)[number];

/** A term (thời hạn): a number of units; 1 for WORKING_DAY_SAME. Hours are working hours. */
export type Term = { quantity: number; unit: TermUnit };

/**
 * Time of day from which a submission counts as received on the next working day. `FIFTEEN_HOURS` is the rule of same-day
 * civil status and the interlinked groups (Decree 63/2024); `OFFICE_CLOSED` is the end of office hours.
 */
export type Cutoff = { time: `${number}:${number}`; rule: "FIFTEEN_HOURS" | "OFFICE_CLOSED" };

export const FIFTEEN_HOURS: Cutoff = { time: "15:00", rule: "FIFTEEN_HOURS" };
export const OFFICE_CLOSED: Cutoff = { time: "17:30", rule: "OFFICE_CLOSED" };

/** Suspension of the clock, while the citizen, a payment or the confirmation of a draft certificate is awaited. */
export type Suspension = {
  from: Date;
  /** Null while it lasts. */
  to: Date | null;
  reason: "CITIZEN" | "PAYMENT" | "CERTIFICATE";
  /** Effect of its end: the term continues, or restarts. */
  after: "RESUME" | "RESTART";
  /** True if it still lasts and `to` is the planned end. */
  planned?: boolean;
};

/** Reasons for more time: verification, an officer's decision, and the new date of an apology. */
export const EXTENSION_REASONS = ["VERIFICATION", "OFFICER", "APOLOGY"] as const;
/** More time by decision, such as the verification that makes three working days five. In working days. */
export type Extension = { by: number; reason: (typeof EXTENSION_REASONS)[number] };

/**
 * Local service rule for some weekdays: on a "no-appointment day" results are due on the day of receipt; on a "Green Friday"
 * terms are shorter. Null stands for every domain, procedure or office.
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

/** Facts of a dossier by which local service rules select it. */
export type Subject = { domain: string; procedure: string; office: string };

/** Domains to which the rule of 15:00 applies: for same-day procedures only, and for all procedures. */
export type CutoffRules = { sameDayDomains: readonly string[]; domains: readonly string[] };

/** By default the rule of 15:00 applies to same-day civil status and to the interlinked groups. */
export const DEFAULT_CUTOFF_RULES: CutoffRules = { sameDayDomains: ["civil_status"], domains: ["interlinked"] };

/** Cut-off of a procedure of a domain. */
export function cutoffOf(domain: string, unit: TermUnit, rules: CutoffRules = DEFAULT_CUTOFF_RULES): Cutoff {
  const sameDay = unit === "WORKING_DAY_SAME" && rules.sameDayDomains.includes(domain);
  return sameDay || rules.domains.includes(domain) ? FIFTEEN_HOURS : OFFICE_CLOSED;
}

/** A rule for supplements: the citizen's term to answer, null without one, and the effect on the clock. */
export type SupplementRule = {
  id: string;
  domains: readonly string[] | null;
  term: Term | null;
  after: Suspension["after"];
  /** Basis of the term; absent where it is the published one of each procedure. */
  legalBasis?: string;
  validFrom: LegalDay;
  validTo: LegalDay | null;
};

/** Seven working days for the interlinked groups (Decree 63/2024/NĐ-CP), else no term; the clock continues. */
export const DEFAULT_SUPPLEMENT_RULES: readonly SupplementRule[] = [
  {
    ...{ id: "interlinked", domains: ["interlinked"], term: { quantity: 7, unit: "WORKING_DAY" }, after: "RESUME" },
    ...{ legalBasis: "Nghị định 63/2024/NĐ-CP", validFrom: "2015-07-01" as LegalDay, validTo: null },
  },
];
const NO_SUPPLEMENT_TERM: Pick<SupplementRule, "term" | "after"> = { term: null, after: "RESUME" };

/** The rule for supplements of a domain that are asked for on a day: the first in force. */
export function supplementRule(
  domain: string,
  day: LegalDay,
  rules: readonly SupplementRule[] = DEFAULT_SUPPLEMENT_RULES,
): Pick<SupplementRule, "term" | "after" | "legalBasis"> {
  const found = rules.find(
    ({ domains, validFrom, validTo }) =>
      (domains === null || domains.includes(domain)) && validFrom <= day && (validTo === null || day <= validTo),
  );
  return found ?? NO_SUPPLEMENT_TERM;
}

/** First service rule in force for a dossier that counts as received on a day. */
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
