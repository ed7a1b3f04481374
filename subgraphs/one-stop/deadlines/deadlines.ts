import { addDays, legalDayOf, startOfDay } from "../../_shared/reference/days.ts";
import type { Calendar } from "../clock/calendar.ts";
import type { ClockRules } from "../clock/rules.ts";
import { isStopped, wasLateWhenStopped } from "../clock/stored-clock.ts";
import { dueDates } from "../definitions/due-plan.ts";
import { clockFacts } from "../saga/clock-facts.ts";
import { awaitsConfirmation } from "../saga/decide-certificate.ts";
import type { LiveDossier, StoredStep } from "../saga/dossier.ts";
import { type DeadlineMark, isEnded, isTerminal, type SagaEvent } from "../saga/state.ts";
import { afterEnd, workingDayBefore } from "./working-days.ts";

/** An act of the desk that its time brings: from `at` on, and before `until` if it has a last moment. */
type Deadline = { at: Date; until: Date | null } & (
  | { kind: "MARK"; mark: DeadlineMark }
  | { kind: "SUPPLEMENT_EXPIRED"; step: string }
  | { kind: "PAYMENT_EXPIRED" }
  | { kind: "CERTIFICATE_EXPIRED" }
  | { kind: "ASSUMPTION_PASSED" }
);

/** Deadline of an open dossier for which nothing is planned. */
const NEVER = new Date("9999-12-31T00:00:00Z");

/** Acts whose time has come. An apology is due only if a delay is foreseen. */
export function eventsDue(dossier: LiveDossier, rules: ClockRules, now: Date): SagaEvent[] {
  const open = deadlinesOf(dossier, rules).filter(({ at, until }) => at <= now && (until === null || now < until));
  return open.flatMap((deadline): SagaEvent[] => {
    if (deadline.kind === "ASSUMPTION_PASSED") return [];
    if (deadline.kind === "PAYMENT_EXPIRED" || deadline.kind === "CERTIFICATE_EXPIRED")
      return [{ kind: deadline.kind }];
    if (deadline.kind === "SUPPLEMENT_EXPIRED") return [{ kind: "SUPPLEMENT_EXPIRED", step: deadline.step }];
    const { mark } = deadline;
    if (mark !== "APOLOGISED") return [{ kind: "TIME_CAME", mark, workingDays: 0 }];
    const workingDays = delayForeseen(dossier, rules, now);
    return workingDays > 0 ? [{ kind: "TIME_CAME", mark, workingDays }] : [];
  });
}

/**
 * Business time at which the dossier has to be looked at next; null if it has ended.
 *
 * @param looked the acts of this moment are made or not due, so that only later moments count
 */
export function nextDeadline(dossier: LiveDossier, rules: ClockRules, now: Date, looked: boolean): Date | null {
  if (isEnded(dossier.state)) return null;
  const moments = deadlinesOf(dossier, rules)
    .filter(({ at, until }) => (until === null || now < until) && (!looked || at > now))
    .map(({ at }) => at.getTime());
  return moments.length === 0 ? NEVER : new Date(Math.min(...moments));
}

function deadlinesOf(dossier: LiveDossier, rules: ClockRules): Deadline[] {
  if (isEnded(dossier.state)) return [];
  const calendar = rules.calendarAt({ agency: "ONE_STOP", office: dossier.office });
  if (dossier.state === "AWAITING_PAYMENT") return endOfPayment(dossier);
  if (isConfirmationAwaited(dossier)) return endOfConfirmation(dossier);
  const all = dossier.state === "AWAITING_CITIZEN" ? whileStanding(dossier, calendar) : whileRunning(dossier, calendar);
  return all.filter((deadline) => deadline.kind !== "MARK" || !dossier.marks[deadline.mark]);
}

/** The end of the term to pay. */
function endOfPayment(dossier: LiveDossier): Deadline[] {
  const payBy = dossier.clock?.suspensions.at(-1)?.answerBy;
  return payBy ? [{ kind: "PAYMENT_EXPIRED", at: afterEnd(new Date(payBy)), until: null }] : endOfAssumption(dossier);
}

/** True if the due date of a dossier that waits without a term has passed, because it assumed an earlier answer. */
export function isAssumptionPassed(dossier: LiveDossier, now: Date): boolean {
  return !isEnded(dossier.state) && endOfAssumption(dossier).some(({ at }) => at <= now);
}

/** The day after a due date that assumes an answer; none for a dossier that was late before the citizen was awaited. */
function endOfAssumption({ clock, dueAt }: LiveDossier): Deadline[] {
  const suspension = isStopped(clock) ? clock.suspensions.at(-1) : undefined;
  if (!suspension || suspension.answerBy !== null || wasLateWhenStopped(clock, dueAt)) return [];
  const at = startOfDay(addDays(legalDayOf(dueAt), 1));
  // where nothing is left of the term, a later answer moves nothing
  if (suspension.assumedAt && at <= new Date(suspension.assumedAt)) return [];
  return [{ kind: "ASSUMPTION_PASSED", at, until: null }];
}

function isConfirmationAwaited({ state, certificate }: LiveDossier): boolean {
  return awaitsConfirmation({ dossier: state, certificate: certificate?.state ?? null });
}

/** The end of the term to confirm the draft certificate. */
function endOfConfirmation({ certificate }: LiveDossier): Deadline[] {
  const end = certificate?.confirmBy;
  return end ? [{ kind: "CERTIFICATE_EXPIRED", at: afterEnd(new Date(end)), until: null }] : [];
}

/** The reminder and the end of the citizen's terms to answer. */
function whileStanding(dossier: LiveDossier, calendar: Calendar): Deadline[] {
  const { steps, receivedAt } = dossier;
  const asked = steps.filter(({ state, instruction }) => state === "SUPPLEMENT_NEEDED" && instruction === null);
  const ends = asked.flatMap(({ key, supplement }) =>
    supplement?.dueAt ? [{ step: key, end: new Date(supplement.dueAt) }] : [],
  );
  const [first] = ends.map(({ end }) => end).sort((a, b) => a.getTime() - b.getTime());
  const reminded = first ? reminder("SUPPLEMENT_REMINDED", first, receivedAt, calendar) : [];
  const expired = ends.map(({ step, end }) => ({
    kind: "SUPPLEMENT_EXPIRED" as const,
    step,
    at: afterEnd(end),
    until: null,
  }));
  return [...reminded, ...expired, ...endOfAssumption(dossier)];
}

/** The reminder and the apology on the working day before the due day, and the mark after it. */
function whileRunning({ dueAt, receivedAt }: LiveDossier, calendar: Calendar): Deadline[] {
  const before = workingDayBefore(legalDayOf(dueAt), calendar);
  const apology: Deadline = {
    ...{ kind: "MARK", mark: "APOLOGISED", at: new Date(`${before}T15:00:00+07:00`) },
    until: startOfDay(legalDayOf(dueAt)),
  };
  const hasDayBefore = legalDayOf(receivedAt) < before;
  return [
    ...reminder("REMINDED", dueAt, receivedAt, calendar),
    ...(hasDayBefore ? [apology] : []),
    { kind: "MARK", mark: "OVERDUE", at: afterEnd(dueAt), until: null },
  ];
}

function reminder(mark: DeadlineMark, end: Date, receivedAt: Date, calendar: Calendar): Deadline[] {
  const at = startOfDay(workingDayBefore(legalDayOf(end), calendar));
  return at > receivedAt ? [{ kind: "MARK", mark, at, until: end }] : [];
}

/**
 * Working days by which the dossier will be late if what has not begun begins now: steps that their agency has not
 * acknowledged, and parts that no officer has claimed. 0 if it will be in time.
 */
export function delayForeseen(dossier: LiveDossier, rules: ClockRules, now: Date): number {
  const steps = dossier.steps.map((step) => (hasBegun(step) ? step : { ...step, releasedAt: now.toISOString() }));
  const due = dueDates(clockFacts({ ...dossier, steps }), rules);
  const open = dossier.steps.filter(({ state }) => !isTerminal(state)).map(({ key }) => due.steps.get(key)?.dueAt);
  const foreseen = legalDayOf(new Date(Math.max(...open.map((each) => each?.getTime() ?? 0))));
  const calendar = rules.calendarAt({ agency: "ONE_STOP", office: dossier.office });
  let days = 0;
  for (let day = addDays(legalDayOf(dossier.dueAt), 1); day <= foreseen; day = addDays(day, 1))
    if (calendar.statusOf(day).works) days++;
  return days;
}

function hasBegun({ state, claimedBy }: StoredStep): boolean {
  if (state === "PROCESSING") return claimedBy !== null;
  return state !== "READY" && state !== "SENT";
}
