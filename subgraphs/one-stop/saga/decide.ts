import { backoffMs, PACES, type Paces } from "./backoff.ts";
import type { Command, DeliveryState, DossierState, Outcome, SagaEvent, SagaState, Step, StepState } from "./state.ts";
import { isTerminal } from "./state.ts";

/** The state after an event, and what the store must do in the same transaction. */
export type Decision = { readonly state: SagaState; readonly commands: readonly Command[] };

/**
 * The heart of the saga: what an event makes of a dossier. Pure, and never throws: an event that is late, repeated or
 * out of order leaves the state as it is (the same object), with no command or only `REST`.
 *
 * @param chance 0..1, for the jitter of the backoff
 */
export function decide(state: SagaState, event: SagaEvent, chance: number, paces: Paces = PACES): Decision {
  if (event.kind === "ACCEPTED") return accepted(state);
  if (event.kind === "RESUMED") return resumed(state, event.steps);
  if (event.kind === "WITHDRAWN") return withdrawn(state);
  if (event.kind === "HANDED_OVER") return handedOver(state);
  const step = state.steps.find(({ key }) => key === event.step);
  if (step === undefined) return ignored(state);
  const isOver = isTerminal(step.state) || (isEnded(state.dossier) && step.instruction === null);
  if (isOver) return { state, commands: [rest(step)] };
  if (step.state === "BLOCKED") return ignored(state);
  switch (event.kind) {
    case "CALLED":
      return called(state, step);
    case "ANSWERED":
      return answered(state, step, event, chance, paces);
    case "INSTRUCTED":
      return instructed(state, step, event.instruction);
    case "NOT_ANSWERED":
      return notAnswered(state, step, event.delivered, chance, paces);
    case "NOT_FOUND":
      return notFound(state, step, chance, paces);
  }
}

function accepted(state: SagaState): Decision {
  if (state.dossier !== "RECEIVED" || state.steps.some((step) => step.state !== "BLOCKED")) return ignored(state);
  const commands: Command[] = [{ kind: "RECORD", step: null, state: "RECEIVED" }];
  const next = { ...state, steps: spread(state.steps, commands) };
  return next.steps.some((step) => step.officer && step.state === "PROCESSING")
    ? follow(next, commands)
    : { state: next, commands };
}

/** Works on open steps at once, and draws the conclusions of what is granted or closed that nobody drew. */
function resumed(state: SagaState, keys: readonly string[]): Decision {
  if (isEnded(state.dossier)) return ignored(state);
  const commands: Command[] = [];
  const open = state.steps.filter(({ key, state: now }) => keys.includes(key) && now !== "BLOCKED" && !isTerminal(now));
  for (const step of open) if (!step.officer) commands.push(workOn(step));
  const next = { ...state, steps: spread(state.steps, commands) };
  return next.steps.every((step) => isTerminal(step.state)) ? follow(next, commands) : { state: next, commands };
}

function workOn({ key, state, instruction }: Step): Command {
  if (instruction !== null) return { kind: "INSTRUCT", step: key, afterMs: 0 };
  return { kind: state === "READY" || state === "SENT" ? "DELIVER" : "ASK_STATUS", step: key, afterMs: 0 };
}

function instructed(state: SagaState, step: Step, instruction: "DECIDE" | "ANSWER"): Decision {
  const expected = instruction === "DECIDE" ? "PROCESSING" : "SUPPLEMENT_NEEDED";
  if (step.state !== expected || step.officer || step.instruction !== null) return ignored(state);
  return moved(state, { ...step, instruction, failures: 0 }, [{ kind: "INSTRUCT", step: step.key, afterMs: 0 }]);
}

/** Cancels what the agencies do not have, and instructs the agencies to cancel the rest. A granted part stays. */
function withdrawn(state: SagaState): Decision {
  if (isEnded(state.dossier)) return ignored(state);
  const commands: Command[] = [];
  const steps = state.steps.map((step): Step => {
    if (isTerminal(step.state)) return step;
    if (step.officer || step.state === "BLOCKED" || step.state === "READY") {
      commands.push(record(step, "CANCELLED"), rest(step));
      return { ...step, state: "CANCELLED" };
    }
    commands.push({ kind: "INSTRUCT", step: step.key, afterMs: 0 });
    return { ...step, instruction: "CANCEL", failures: 0 };
  });
  commands.push({ kind: "RECORD", step: null, state: "WITHDRAWN" });
  return { state: { ...state, steps, dossier: "WITHDRAWN" }, commands };
}

function handedOver(state: SagaState): Decision {
  if (state.dossier !== "COMPLETED") return ignored(state);
  return { state: { ...state, dossier: "RETURNED" }, commands: [{ kind: "RECORD", step: null, state: "RETURNED" }] };
}

function called(state: SagaState, step: Step): Decision {
  if (step.state !== "READY" && step.state !== "SENT") return ignored(state);
  // Called again while an earlier call has no answer: that one may yet arrive.
  const delivery = step.state === "READY" ? "SENT" : "UNKNOWN";
  // An outage of days swings thousands of times between READY and SENT: only the first swing is history.
  const commands = step.attempts === 0 || becomesUnknown(step, delivery) ? [record(step, "SENT")] : [];
  return moved(state, { ...step, state: "SENT", delivery, attempts: step.attempts + 1 }, commands);
}

function answered(
  state: SagaState,
  step: Step,
  event: Extract<SagaEvent, { kind: "ANSWERED" }>,
  chance: number,
  paces: Paces,
): Decision {
  const answer = event.answer.state;
  const same = step.state === answer;
  // An answer to an earlier question leaves the instruction pending.
  const isPending = step.instruction !== null && event.instructed !== true && !isTerminal(answer);
  const next: Step = {
    ...{ ...step, state: answer, delivery: "ACKNOWLEDGED", failures: same ? step.failures + 1 : 0 },
    instruction: isPending ? step.instruction : null,
  };
  const commands = same ? [] : [record(step, answer)];
  if (isTerminal(answer) || step.officer) commands.push(rest(step));
  else commands.push(isPending ? { kind: "INSTRUCT", step: step.key, afterMs: 0 } : ask(next, chance, paces));
  return moved(state, next, commands);
}

function notAnswered(
  state: SagaState,
  step: Step,
  delivered: "NO" | "UNKNOWN",
  chance: number,
  paces: Paces,
): Decision {
  if (step.state === "READY") return ignored(state);
  const failed = { ...step, failures: step.failures + 1 };
  if (step.instruction !== null) {
    const afterMs = backoffMs(failed.failures - 1, chance, paces.deliver);
    return moved(state, failed, [{ kind: "INSTRUCT", step: step.key, afterMs }]);
  }
  // The agency has it already; only the question about the status was lost.
  if (step.state !== "SENT") return moved(state, failed, [ask(failed, chance, paces)]);
  const again = deliverAgain(failed, chance, paces);
  // "Surely not there" is true of this call only: with an earlier one unknown, the step may be at the agency.
  if (delivered === "UNKNOWN" || step.delivery === "UNKNOWN") {
    // The first failure is recorded, so that the history shows what the dossier waits for.
    const isNew = failed.failures === 1 || becomesUnknown(step, "UNKNOWN");
    const commands = isNew ? [record(step, "SENT"), again] : [again];
    return moved(state, { ...failed, delivery: "UNKNOWN" }, commands);
  }
  const commands = step.attempts === 1 ? [record(step, "READY"), again] : [again];
  return moved(state, { ...failed, state: "READY", delivery: "QUEUED" }, commands);
}

function notFound(state: SagaState, step: Step, chance: number, paces: Paces): Decision {
  if (step.state === "READY") return ignored(state);
  const next: Step = { ...step, state: "SENT", delivery: "UNKNOWN", failures: step.failures + 1 };
  const again = deliverAgain(next, chance, paces);
  return moved(state, next, step.state === "SENT" ? [again] : [record(step, "SENT"), again]);
}

/** Puts the changed step in its place, then follows what that means for its dependants and for the dossier. */
function moved(state: SagaState, next: Step, commands: Command[]): Decision {
  const steps = state.steps.map((step) => (step.key === next.key ? next : step));
  const settled = isTerminal(next.state) ? spread(steps, commands) : steps;
  return follow({ ...state, steps: settled }, commands);
}

/** Releases what waited for granted steps only; closes, transitively, what waited for a step that will not come. */
function spread(steps: readonly Step[], commands: Command[]): readonly Step[] {
  const states = new Map(steps.map(({ key, state }) => [key, state]));
  const changed = steps.map((step) => {
    if (step.state !== "BLOCKED") return step;
    const awaited = step.dependsOn.map((key) => states.get(key));
    if (awaited.every((state) => state === "GRANTED") && step.officer) {
      commands.push(record(step, "PROCESSING"), rest(step));
      return { ...step, state: "PROCESSING" as const, delivery: "ACKNOWLEDGED" as const };
    }
    if (awaited.every((state) => state === "GRANTED")) {
      commands.push(record(step, "READY"), { kind: "DELIVER", step: step.key, afterMs: 0 });
      return { ...step, state: "READY" as const };
    }
    if (awaited.some((state) => state !== undefined && state !== "GRANTED" && isTerminal(state))) {
      commands.push(record(step, "NOT_APPLICABLE"), rest(step));
      return { ...step, state: "NOT_APPLICABLE" as const };
    }
    return step;
  });
  const closedMore = changed.some((step, index) => step !== steps[index] && step.state === "NOT_APPLICABLE");
  return closedMore ? spread(changed, commands) : changed;
}

/** The dossier's own state follows from its steps; it is completed by way of IN_PROGRESS only (national status 4 → 9). */
function follow(state: SagaState, commands: Command[]): Decision {
  if (isEnded(state.dossier)) return { state, commands };
  const path = dossierPath(state);
  for (const dossier of path) commands.push({ kind: "RECORD", step: null, state: dossier });
  const dossier = path.at(-1) ?? state.dossier;
  return { state: { ...state, dossier, outcome: isEnded(dossier) ? outcomeOf(state.steps) : null }, commands };
}

function dossierPath({ dossier, steps, returnsAtOnce }: SagaState): DossierState[] {
  if (steps.every((step) => isTerminal(step.state))) {
    const path: DossierState[] = dossier === "IN_PROGRESS" ? ["COMPLETED"] : ["IN_PROGRESS", "COMPLETED"];
    return returnsAtOnce ? [...path, "RETURNED"] : path;
  }
  if (steps.some((step) => step.state === "SUPPLEMENT_NEEDED")) {
    return dossier === "AWAITING_CITIZEN" ? [] : ["AWAITING_CITIZEN"];
  }
  return dossier === "RECEIVED" || dossier === "AWAITING_CITIZEN" ? ["IN_PROGRESS"] : [];
}

function outcomeOf(steps: readonly Step[]): Outcome {
  const parts = steps.filter((step) => step.part);
  if (parts.every((part) => part.state === "GRANTED")) return "GRANTED";
  return parts.some((part) => part.state === "GRANTED") ? "PARTLY_GRANTED" : "REFUSED";
}

/** Completed, returned or left by an exit: agencies are not called any more. */
export function isEnded(dossier: DossierState): boolean {
  switch (dossier) {
    case "RECEIVED":
    case "IN_PROGRESS":
    case "AWAITING_CITIZEN":
    case "AWAITING_PAYMENT":
      return false;
    case "COMPLETED":
    case "RETURNED":
    case "NOT_ACCEPTED":
    case "WITHDRAWN":
    case "STOPPED":
      return true;
  }
}

/** True if the history still says READY, of an earlier swing, while the step stays SENT from here on. */
function becomesUnknown(step: Step, delivery: DeliveryState): boolean {
  return step.attempts > 1 && step.delivery === "SENT" && delivery === "UNKNOWN";
}

function ignored(state: SagaState): Decision {
  return { state, commands: [] };
}

function record(step: Step, state: StepState): Command {
  return { kind: "RECORD", step: step.key, state };
}

function rest(step: Step): Command {
  return { kind: "REST", step: step.key };
}

function deliverAgain(step: Step, chance: number, paces: Paces): Command {
  return { kind: "DELIVER", step: step.key, afterMs: backoffMs(step.failures - 1, chance, paces.deliver) };
}

/** The agency may decide in seconds or in days: ask ever more slowly. */
function ask(step: Step, chance: number, paces: Paces): Command {
  const pace = step.state === "SUPPLEMENT_NEEDED" ? paces.supplement : paces.processing;
  return { kind: "ASK_STATUS", step: step.key, afterMs: backoffMs(step.failures, chance, pace) };
}
