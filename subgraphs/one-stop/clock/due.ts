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

/** What a due date is counted from. What is left out is absent: no suspension, the national calendar. */
export type DueRequest = {
  receivedAt: Date;
  term: Term;
  /** Null counts every moment of a day as that day. */
  cutoff: Cutoff | null;
  calendar?: Calendar;
  suspensions?: readonly Suspension[];
  extensions?: readonly Extension[];
  serviceRules?: readonly ServiceRule[];
  subject?: Subject;
};

/** A due date with everything that made it; both dates are null while the clock stands still. */
export type Explained = { dueAt: Date | null; lastDay: LegalDay | null; steps: DueStep[] };

/** A suspension in legal days: the first day it takes, and the first day that counts again. */
type Pause = { first: LegalDay; resumes: LegalDay; reason: Suspension["reason"] };

/** Longest count in days: what does not end within it is a mistake of the input. */
const LONGEST_DAYS = 40_000;

/**
 * When a dossier is due, with every rule and day that made it. The day of receipt is excluded (Civil Code 2015, art. 147);
 * a term of calendar days, months or years that ends on a day off ends on the next working day (art. 148); days on which
 * the citizen or a payment is awaited do not count.
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
  const steps: DueStep[] = [{ rule: "RECEIVED", at: request.receivedAt }];
  if (restart?.to) steps.push({ rule: "RESTARTED", at: restart.to, reason: restart.reason });
  const receiptDay = readReceiptDay(startsAt, request.cutoff, calendar, steps);
  const term = termOf(request, receiptDay, steps);
  const pauses = suspensions.map((each) => pauseOf(each, request.cutoff, calendar));
  const end =
    term.unit === "HOUR"
      ? countOfficeHours(startsAt, term.quantity, calendar, suspensions, steps)
      : countDays(receiptDay, term, calendar, pauses, steps);
  if (end === null) return { dueAt: null, lastDay: null, steps };
  const dueAt = typeof end === "string" ? endOfDay(end) : end;
  steps.push({ rule: "DUE", at: dueAt });
  return { dueAt, lastDay: legalDayOf(dueAt), steps };
}

/** The day that counts as the day of receipt, with why it is not the day itself. */
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

/** The working day that counts for something that came in at an instant. */
export function receiptDayOf(at: Date, cutoff: Cutoff | null, calendar: Calendar = nationalCalendar()): LegalDay {
  return readReceiptDay(at, cutoff, calendar, []);
}

function termOf(request: DueRequest, receiptDay: LegalDay, steps: DueStep[]): Term {
  const { term, serviceRules = [], subject, extensions = [] } = request;
  steps.push({ rule: "TERM", term });
  const service = subject ? serviceRuleFor(serviceRules, subject, receiptDay) : null;
  const granted = service ? shortened(term, service) : term;
  if (service) steps.push({ rule: "SERVICE_RULE", service, term: granted });
  for (const { by, reason } of extensions) steps.push({ rule: "EXTENDED", by, reason });
  const more = extensions.reduce((sum, { by }) => sum + by, 0);
  if (granted.unit !== "WORKING_DAY_SAME") return { ...granted, quantity: granted.quantity + more };
  // the day of receipt itself, and after it as many working days as were added
  return more > 0 ? { unit: "WORKING_DAY", quantity: more } : { unit: "WORKING_DAY_SAME", quantity: 0 };
}

function pauseOf({ from, to, reason }: Suspension, cutoff: Cutoff | null, calendar: Calendar): Pause {
  const resumes = to === null ? ("9999-12-31" as LegalDay) : receiptDayOf(to, cutoff, calendar);
  return { first: legalDayOf(from), resumes, reason };
}

function countDays(
  receiptDay: LegalDay,
  term: Term,
  calendar: Calendar,
  pauses: readonly Pause[],
  steps: DueStep[],
): LegalDay | null {
  const pauseAt = (day: LegalDay) => pauses.find(({ first, resumes }) => first <= day && day < resumes);
  const sameDay = term.quantity === 0;
  const wanted = sameDay
    ? 1
    : term.unit === "MONTH" || term.unit === "YEAR"
      ? monthsIn(receiptDay, term, steps)
      : term.quantity;
  const workingOnly = sameDay || term.unit === "WORKING_DAY";
  let day = sameDay ? receiptDay : addDays(receiptDay, 1);
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
      steps.push({ rule: "COUNTED", day, ordinal: counted, status });
      if (counted === wanted) return workingOnly ? day : rolled(day, calendar, steps);
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
