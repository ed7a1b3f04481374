import { type BackoffPolicies, backoffMs, DEFAULT_BACKOFF } from "./backoff.ts";
import { askStatus, clearWork, deliverAgain, record } from "./commands.ts";
import {
  awaitsConfirmation,
  beginWork,
  decideCertificate,
  isCertificateEvent,
  withLapsedCertificate,
} from "./decide-certificate.ts";
import { timeCame, withClock } from "./decide-deadlines.ts";
import { awaitPayment, decidePayment, isPaymentEvent, withOwed, withRefund } from "./decide-payment.ts";
import { propagate } from "./dependants.ts";
import { updateDossier } from "./dossier-path.ts";
import type { Command, DeliveryState, SagaEvent, SagaState, Step } from "./state.ts";
import { isEnded, isTerminal } from "./state.ts";

/** State after an event, and the commands that the store executes in the same transaction. */
export type Decision = { readonly state: SagaState; readonly commands: readonly Command[] };

/**
 * Transition function of the saga. Pure, and never throws: a late, repeated or out-of-order event returns the same state
 * object, with no command or only `CLEAR_WORK`.
 *
 * @param jitter 0..1, for the backoff
 */
export function decide(
  state: SagaState,
  event: SagaEvent,
  jitter: number,
  backoff: BackoffPolicies = DEFAULT_BACKOFF,
): Decision {
  return withClock(state, withRefund(withLapsedCertificate(decided(state, event, jitter, backoff))));
}

function decided(state: SagaState, event: SagaEvent, jitter: number, backoff: BackoffPolicies): Decision {
  if (event.kind === "TIME_CAME") return timeCame(state, event);
  if (isPaymentEvent(event)) return decidePayment(state, event);
  if (isCertificateEvent(event)) return decideCertificate(state, event);
  if (event.kind === "ACCEPTED") return accepted(state, event.payFirst === true);
  if (event.kind === "RESUMED") return resumed(state, event.steps);
  if (event.kind === "WITHDRAWN") return withdrawn(state);
  if (event.kind === "HANDED_OVER") return handedOver(state);
  const step = state.steps.find(({ key }) => key === event.step);
  if (step === undefined) return ignored(state);
  const isOver = isTerminal(step.state) || (isEnded(state.dossier) && step.instruction === null);
  if (isOver) return { state, commands: [clearWork(step)] };
  if (step.state === "BLOCKED") return ignored(state);
  switch (event.kind) {
    case "CALLED":
      return called(state, step);
    case "ANSWERED":
      return answered(state, step, event, jitter, backoff);
    case "INSTRUCTED":
      return instructed(state, step, event.instruction);
    case "SUPPLEMENT_EXPIRED":
      return expired(state, step);
    case "EXTENDED":
      return extended(state, step, event.workingDays);
    case "NOT_ANSWERED":
      return notAnswered(state, step, event.delivered, jitter, backoff);
    case "NOT_FOUND":
      return notFound(state, step, jitter, backoff);
  }
}

function accepted(state: SagaState, payFirst: boolean): Decision {
  if (state.dossier !== "RECEIVED" || state.steps.some((step) => step.state !== "BLOCKED")) return ignored(state);
  const commands: Command[] = [{ kind: "RECORD", step: null, state: "RECEIVED" }];
  if (payFirst && state.payment?.state === "PENDING") return awaitPayment(state, commands);
  const begun = beginWork(state, commands);
  const isProcessing = begun.state.steps.some((step) => step.officer && step.state === "PROCESSING");
  return isProcessing ? updateDossier(begun.state, commands) : begun;
}

/** Continues open steps at once, and updates dependants and dossier if a transition has been lost. */
function resumed(state: SagaState, keys: readonly string[]): Decision {
  const hasBegun = state.dossier !== "AWAITING_PAYMENT" && !awaitsConfirmation(state);
  if (isEnded(state.dossier) || !hasBegun) return ignored(state);
  const commands: Command[] = [];
  const open = state.steps.filter(({ key, state: now }) => keys.includes(key) && now !== "BLOCKED" && !isTerminal(now));
  for (const step of open) if (!step.officer) commands.push(workCommand(step));
  const next = { ...state, steps: propagate(state, commands) };
  return next.steps.every((step) => isTerminal(step.state)) ? updateDossier(next, commands) : { state: next, commands };
}

function workCommand({ key, state, instruction }: Step): Command {
  if (instruction !== null) return { kind: "INSTRUCT", step: key, afterMs: 0 };
  return { kind: state === "READY" || state === "SENT" ? "DELIVER" : "ASK_STATUS", step: key, afterMs: 0 };
}

function instructed(state: SagaState, step: Step, instruction: "DECIDE" | "ANSWER"): Decision {
  const expected = instruction === "DECIDE" ? "PROCESSING" : "SUPPLEMENT_NEEDED";
  if (step.state !== expected || step.officer || step.instruction !== null) return ignored(state);
  return withStep(state, { ...step, instruction, failures: 0 }, [{ kind: "INSTRUCT", step: step.key, afterMs: 0 }]);
}

/** Refuses a part that the desk's officers decide; the agency that has the part is instructed to refuse it. */
function expired(state: SagaState, step: Step): Decision {
  if (step.state !== "SUPPLEMENT_NEEDED" || step.instruction !== null) return ignored(state);
  if (step.officer) return withStep(state, { ...step, state: "REFUSED" }, [record(step, "REFUSED"), clearWork(step)]);
  return withStep(state, { ...step, instruction: "DECIDE", failures: 0 }, [
    { kind: "INSTRUCT", step: step.key, afterMs: 0 },
  ]);
}

function extended(state: SagaState, step: Step, workingDays: number): Decision {
  if (step.state !== "PROCESSING" || step.instruction !== null) return ignored(state);
  return { state, commands: [{ kind: "EXTEND", step: step.key, workingDays }, record(step, "PROCESSING")] };
}

/** Cancels what the agencies do not have, and instructs the agencies to cancel the rest. A granted part stays. */
function withdrawn(state: SagaState): Decision {
  if (isEnded(state.dossier)) return ignored(state);
  const commands: Command[] = [];
  const steps = state.steps.map((step): Step => {
    if (isTerminal(step.state)) return step;
    if (step.officer || step.state === "BLOCKED" || step.state === "READY") {
      commands.push(record(step, "CANCELLED"), clearWork(step));
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
  const isSendable = step.state === "READY" || step.state === "SENT";
  if (!isSendable || step.instruction === "CANCEL") return ignored(state);
  // a second call while an earlier one has no answer: the earlier one may still arrive
  const delivery = step.state === "READY" ? "SENT" : "UNKNOWN";
  // in a long outage a step alternates between READY and SENT thousands of times: only the first change is recorded
  const commands = step.attempts === 0 || becomesUnknown(step, delivery) ? [record(step, "SENT")] : [];
  return withStep(state, { ...step, state: "SENT", delivery, attempts: step.attempts + 1 }, commands);
}

function answered(
  state: SagaState,
  step: Step,
  event: Extract<SagaEvent, { kind: "ANSWERED" }>,
  jitter: number,
  backoff: BackoffPolicies,
): Decision {
  const answer = event.answer.state;
  const same = step.state === answer;
  // an answer to an earlier call leaves the instruction pending, and every open one that to cancel, which came after the others
  const isRepeated = event.instructed === true && step.instruction === "CANCEL" && same;
  const isAnswered = event.instructed === true && step.instruction !== "CANCEL";
  const isPending = step.instruction !== null && !isAnswered && !isTerminal(answer);
  const next: Step = {
    ...{ ...step, state: answer, delivery: "ACKNOWLEDGED", failures: same ? step.failures + 1 : 0 },
    instruction: isPending ? step.instruction : null,
  };
  const commands = same ? [] : [record(step, answer)];
  if (isTerminal(answer) || step.officer) commands.push(clearWork(step));
  else commands.push(isPending ? instructAgain(next, isRepeated, jitter, backoff) : askStatus(next, jitter, backoff));
  return withStep(withOwed(state, event, commands), next, commands);
}

function notAnswered(
  state: SagaState,
  step: Step,
  delivered: "NO" | "UNKNOWN",
  jitter: number,
  backoff: BackoffPolicies,
): Decision {
  if (step.state === "READY") return ignored(state);
  const failed = { ...step, failures: step.failures + 1 };
  if (step.instruction !== null) {
    const afterMs = backoffMs(failed.failures - 1, jitter, backoff.deliver);
    return withStep(state, failed, [{ kind: "INSTRUCT", step: step.key, afterMs }]);
  }
  // the agency has the part; only the status query was lost
  if (step.state !== "SENT") return withStep(state, failed, [askStatus(failed, jitter, backoff)]);
  const again = deliverAgain(failed, jitter, backoff);
  // NO holds for this call only: if an earlier call is unknown, the part may be at the agency
  if (delivered === "UNKNOWN" || step.delivery === "UNKNOWN") {
    // the first failure is recorded, so that the history shows which agency the dossier waits for
    const isNew = failed.failures === 1 || becomesUnknown(step, "UNKNOWN");
    const commands = isNew ? [record(step, "SENT"), again] : [again];
    return withStep(state, { ...failed, delivery: "UNKNOWN" }, commands);
  }
  const commands = step.attempts === 1 ? [record(step, "READY"), again] : [again];
  return withStep(state, { ...failed, state: "READY", delivery: "QUEUED" }, commands);
}

function notFound(state: SagaState, step: Step, jitter: number, backoff: BackoffPolicies): Decision {
  if (step.state === "READY") return ignored(state);
  // a part that is withdrawn is not delivered again: its cancellation tells the agency
  if (step.instruction === "CANCEL") {
    const failed = { ...step, failures: step.failures + 1 };
    return withStep(state, failed, [instructAgain(failed, true, jitter, backoff)]);
  }
  const next: Step = { ...step, state: "SENT", delivery: "UNKNOWN", failures: step.failures + 1 };
  const again = deliverAgain(next, jitter, backoff);
  return withStep(state, next, step.state === "SENT" ? [again] : [record(step, "SENT"), again]);
}

/** Sends the instruction: at once after news, after a pause where the agency has not followed it. */
function instructAgain(step: Step, isRepeated: boolean, jitter: number, backoff: BackoffPolicies): Command {
  const afterMs = isRepeated ? backoffMs(step.failures - 1, jitter, backoff.deliver) : 0;
  return { kind: "INSTRUCT", step: step.key, afterMs };
}

/** Replaces the changed step, then updates its dependants and the dossier. */
function withStep(state: SagaState, next: Step, commands: Command[]): Decision {
  const steps = state.steps.map((step) => (step.key === next.key ? next : step));
  const settled = isTerminal(next.state) ? propagate({ ...state, steps }, commands) : steps;
  return updateDossier({ ...state, steps: settled }, commands);
}

/** True if the last record is READY, from an earlier alternation, while the step stays SENT from now on. */
function becomesUnknown(step: Step, delivery: DeliveryState): boolean {
  return step.attempts > 1 && step.delivery === "SENT" && delivery === "UNKNOWN";
}

function ignored(state: SagaState): Decision {
  return { state, commands: [] };
}
