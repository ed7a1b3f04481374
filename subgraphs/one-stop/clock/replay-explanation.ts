import { addDays, endOfDay, type LegalDay } from "../../_shared/reference/days.ts";
import type { DueStep } from "./due-steps.ts";
import type { Term } from "./terms.ts";

/**
 * Due date that follows from the days of an explanation alone: each day from receipt on occurs once, and as many days are
 * counted as the term has. Null while the clock is suspended. @throws Error if the explanation does not determine a date
 */
export function replayExplanation(steps: readonly DueStep[]): Date | null {
  const last = steps.at(-1);
  if (last?.rule === "STILL_SUSPENDED") return null;
  const receipt = steps.find((step) => step.rule === "RECEIPT_DAY");
  if (receipt?.rule !== "RECEIPT_DAY" || last?.rule !== "DUE")
    throw new Error("The explanation has no beginning or no end");
  const replayed = replayedTerm(steps);
  const { term, more } = replayed;
  if (term.unit === "HOUR") return replayHours(steps, term.quantity + more * 8);
  const after = steps.slice(steps.indexOf(receipt) + 1);
  const counted = after.filter((step) => step.rule === "COUNTED").length;
  const days = after.flatMap((step) => (isDayOfTheCount(step) ? [step.day] : []));
  const wanted = wantedDays(replayed, receipt.day, after);
  if (counted !== wanted) throw new Error(`The explanation counts ${counted} days of ${wanted}`);
  let expected = term.unit === "WORKING_DAY_SAME" && more === 0 ? receipt.day : addDays(receipt.day, 1);
  for (const day of days) {
    if (day !== expected) throw new Error(`The explanation leaves out ${expected}`);
    expected = addDays(expected, 1);
  }
  return endOfDay(days.at(-1) ?? receipt.day);
}

function isDayOfTheCount(
  step: DueStep,
): step is Extract<DueStep, { rule: "COUNTED" | "SUSPENDED" | "DAY_OFF" | "ROLLED" }> {
  return ["COUNTED", "SUSPENDED", "DAY_OFF", "ROLLED"].includes(step.rule);
}

/** The term that was counted and the working days added to it. */
function replayedTerm(steps: readonly DueStep[]): { term: Term; more: number } {
  const term = steps.findLast((step) => step.rule === "SERVICE_RULE" || step.rule === "TERM");
  if (term?.rule !== "TERM" && term?.rule !== "SERVICE_RULE") throw new Error("The explanation has no term");
  const more = steps.reduce((sum, step) => (step.rule === "EXTENDED" ? sum + step.by : sum), 0);
  return { term: term.term, more };
}

function wantedDays({ term, more }: { term: Term; more: number }, receiptDay: LegalDay, after: readonly DueStep[]) {
  const later = after.find((step) => step.rule === "MONTHS_LATER");
  if (term.unit === "WORKING_DAY_SAME") return Math.max(1, more);
  if (later?.rule !== "MONTHS_LATER") return term.quantity + more;
  return more + Math.round((Date.parse(later.day) - Date.parse(receiptDay)) / 86_400_000);
}

function replayHours(steps: readonly DueStep[], hours: number): Date {
  const spans = steps.flatMap((step) => (step.rule === "HOURS_COUNTED" ? [step] : []));
  const minutes = spans.reduce((sum, span) => sum + span.minutes, 0);
  const end = spans.at(-1);
  if (minutes !== hours * 60 || !end) throw new Error(`The explanation counts ${minutes} minutes of ${hours} hours`);
  return new Date(`${end.day}T${end.to}:00+07:00`);
}
