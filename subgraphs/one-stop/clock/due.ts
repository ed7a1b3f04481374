import { addDays, endOfDay, type LegalDay, legalDayOf, toVietnamTime } from "../../_shared/reference/days.ts";
import { type Calendar, nationalCalendar } from "./calendar.ts";
import type { DueStep } from "./due-steps.ts";
import { countOfficeHours } from "./office-hours.ts";
import {
  type Cutoff,
  type Extension,
  type ServiceRule,
  type Subject,
  type Suspension,
  serviceRuleFor,
  shortened,
  type Term,
} from "./terms.ts";

/** Facts from which a due date is counted. Defaults: no suspension, the national calendar. */
export type DueRequest = {
  receivedAt: Date;
  /** Meaning of `receivedAt`: receipt, the release of a part, or the planned release of a part that waits. */
  begins?: "RECEIVED" | "RELEASED" | "PLANNED";
  term: Term;
  /** Null: every time of day counts as the same day. */
  cutoff: Cutoff | null;
  calendar?: Calendar;
  suspensions?: readonly Suspension[];
  extensions?: readonly Extension[];
  serviceRules?: readonly ServiceRule[];
  subject?: Subject;
};

/** Due date with the steps of its calculation; both dates are null while the clock is suspended. */
export type Explained = { dueAt: Date | null; lastDay: LegalDay | null; steps: DueStep[] };

/** Suspension in legal days: its first day, and the first day that counts again. */
type Pause = { first: LegalDay; resumes: LegalDay; reason: Suspension["reason"] };

/** Longest count in days: a term that does not end within it is an error of the input. */
const LONGEST_DAYS = 40_000;
/** Office hours of a working day. */
const HOURS_OF_A_DAY = 8;

/**
 * Due date of a dossier, with every rule and day of its calculation. The day of receipt is excluded (Civil Code 2015, art.
 * 147); a term of calendar days, months or years that ends on a day off ends on the next working day (art. 148); days on
 * which the citizen or a payment is awaited do not count.
 */
export function explainDue(request: DueRequest): Explained {
  const calendar = request.calendar ?? nationalCalendar();
  const suspensions = [...(request.suspensions ?? [])].sort((a, b) => a.from.getTime() - b.from.getTime());
  let explained = countFrom(request, calendar, request.receivedAt, suspensions, null);
  for (const suspension of suspensions) {
    if (suspension.after !== "RESTART" || suspension.to === null) continue;
    if (explained.dueAt !== null && explained.dueAt < suspension.from) break;
    const later = suspensions.filter((each) => each.from >= (suspension.to as Date));
    explained = countFrom(request, calendar, suspension.to, later, suspension);
  }
  return explained;
}

function countFrom(
  request: DueRequest,
  calendar: Calendar,
  startsAt: Date,
  suspensions: readonly Suspension[],
  restart: Suspension | null,
): Explained {
  const steps: DueStep[] = [{ rule: request.begins ?? "RECEIVED", at: request.receivedAt }];
  if (restart?.to) steps.push({ rule: "RESTARTED", at: restart.to, reason: restart.reason });
  const receiptDay = readReceiptDay(startsAt, request.cutoff, calendar, steps);
  const { term, more } = termOf(request, receiptDay, steps);
  for (const { to, reason, planned } of suspensions)
    if (planned && to) steps.push({ rule: "ASSUMED_ANSWER", at: to, reason });
  const pauses = suspensions.map((each) => pauseOf(each, request.cutoff, calendar));
  const end =
    term.unit === "HOUR"
      ? countOfficeHours(startsAt, term.quantity + more * HOURS_OF_A_DAY, calendar, suspensions, steps)
      : countDays(receiptDay, term, more, { calendar, pauses, steps });
  if (end === null) return { dueAt: null, lastDay: null, steps };
  const dueAt = typeof end === "string" ? endOfDay(end) : end;
  steps.push({ rule: "DUE", at: dueAt });
  return { dueAt, lastDay: legalDayOf(dueAt), steps };
}

/** Day that counts as the day of receipt; adds the reasons why it is later than the actual day to `steps`. */
function readReceiptDay(at: Date, cutoff: Cutoff | null, calendar: Calendar, steps: DueStep[]): LegalDay {
  let day = legalDayOf(at);
  if (cutoff && isAfter(at, cutoff)) {
    steps.push({ rule: "AFTER_CUTOFF", at, cutoff });
    day = addDays(day, 1);
  }
  for (let status = calendar.statusOf(day); !status.works; status = calendar.statusOf(day)) {
    steps.push({ rule: "DAY_OFF", day, status });
    day = addDays(day, 1);
  }
  steps.push({ rule: "RECEIPT_DAY", day });
  return day;
}

/** Exactly at the cut-off is after it: the law does not place 15:00:00 itself. */
function isAfter(at: Date, { time }: Cutoff): boolean {
  return toVietnamTime(at).slice(11, 16) >= time;
}

/** Working day that counts as the day of receipt for an instant. */
export function receiptDayOf(at: Date, cutoff: Cutoff | null, calendar: Calendar = nationalCalendar()): LegalDay {
  return readReceiptDay(at, cutoff, calendar, []);
}

/** The term under the service rule in force, and the working days that were added to it. */
function termOf(request: DueRequest, receiptDay: LegalDay, steps: DueStep[]): { term: Term; more: number } {
  const { term, serviceRules = [], subject, extensions = [] } = request;
  steps.push({ rule: "TERM", term });
  const service = subject ? serviceRuleFor(serviceRules, subject, receiptDay) : null;
  const granted = service ? shortened(term, service) : term;
  if (service) steps.push({ rule: "SERVICE_RULE", service, term: granted });
  for (const { by, reason } of extensions) steps.push({ rule: "EXTENDED", by, reason });
  return { term: granted, more: extensions.reduce((sum, { by }) => sum + by, 0) };
}

function pauseOf({ from, to, reason }: Suspension, cutoff: Cutoff | null, calendar: Calendar): Pause {
  const resumes = to === null ? ("9999-12-31" as LegalDay) : receiptDayOf(to, cutoff, calendar);
  return { first: legalDayOf(from), resumes, reason };
}

/** A count under way: what it passes, and what it writes down. */
type Count = { calendar: Calendar; pauses: readonly Pause[]; steps: DueStep[] };

/** The last day of a term and of the working days added to it; null while the clock stands still. */
function countDays(receiptDay: LegalDay, term: Term, more: number, count: Count): LegalDay | null {
  // the day of receipt itself, and after it as many working days as were added
  const sameDay = term.unit === "WORKING_DAY_SAME" || term.quantity === 0;
  if (sameDay && more === 0) return walk(receiptDay, 1, 0, true, count);
  const next = addDays(receiptDay, 1);
  if (sameDay) return walk(next, more, 0, true, count);
  if (term.unit === "WORKING_DAY") return walk(next, term.quantity + more, 0, true, count);
  const days = term.unit === "DAY" ? term.quantity : monthsIn(receiptDay, term, count.steps);
  const end = walk(next, days, 0, false, count);
  if (end === null) return null;
  const last = rolled(end, count.calendar, count.steps);
  return more === 0 ? last : walk(addDays(last, 1), more, days, true, count);
}

/** Counts `wanted` days from a day on, that day included, and numbers them after the `before` earlier ones. */
function walk(
  from: LegalDay,
  wanted: number,
  before: number,
  workingOnly: boolean,
  { calendar, pauses, steps }: Count,
): LegalDay | null {
  const pauseAt = (day: LegalDay) => pauses.find(({ first, resumes }) => first <= day && day < resumes);
  let day = from;
  for (let counted = 0, passed = 0; passed < LONGEST_DAYS; passed += 1, day = addDays(day, 1)) {
    const pause = pauseAt(day);
    const status = calendar.statusOf(day);
    if (pause?.resumes === "9999-12-31") {
      steps.push({ rule: "STILL_SUSPENDED", reason: pause.reason });
      return null;
    }
    if (pause) steps.push({ rule: "SUSPENDED", day, reason: pause.reason });
    else if (workingOnly && !status.works) steps.push({ rule: "DAY_OFF", day, status });
    else {
      counted += 1;
      steps.push({ rule: "COUNTED", day, ordinal: before + counted, status });
      if (counted === wanted) return day;
    }
  }
  throw new RangeError("The term does not end within a lifetime");
}

/** Months and years in days: from the day of receipt to the same day of the later month, or its last day. */
function monthsIn(receiptDay: LegalDay, { quantity, unit }: Term, steps: DueStep[]): number {
  const months = unit === "YEAR" ? quantity * 12 : quantity;
  const [year = 0, month = 1, date = 1] = receiptDay.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  const end = new Date(Date.UTC(year, month - 1 + months, Math.min(date, last)));
  const day = end.toISOString().slice(0, 10) as LegalDay; // the first ten characters of an instant are a day
  steps.push({ rule: "MONTHS_LATER", day, months });
  return Math.round((end.getTime() - Date.UTC(year, month - 1, date)) / 86_400_000);
}

function rolled(end: LegalDay, calendar: Calendar, steps: DueStep[]): LegalDay {
  let day = end;
  for (let status = calendar.statusOf(day); !status.works; status = calendar.statusOf(day)) {
    day = addDays(day, 1);
    steps.push({ rule: "ROLLED", day, status: calendar.statusOf(day) });
  }
  return day;
}
