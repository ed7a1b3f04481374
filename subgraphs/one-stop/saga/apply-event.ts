import { extendClock } from "../clock/stored-clock.ts";
import { certificateAfter } from "../draft-certificates/certificate.ts";
import { decide } from "./decide.ts";
import { historyEntry, refundEntry } from "./history-entry.ts";
import { type Command, isTerminal, type SagaEvent, type SagaState } from "./state.ts";
import { setTimes } from "./step-change.ts";
import { suspensionOf } from "./suspension.ts";
import { changeOf, type Draft } from "./transition-draft.ts";

/** Applies what `decide` makes of an event. @returns keys of the steps that are to be delivered at once */
export function applyEvent(draft: Draft, event: SagaEvent): string[] {
  const { options } = draft;
  const decision = decide(draft.saga, event, options.jitter, options.backoff);
  if (!draft.saga.payment && event.kind === "ANSWERED" && event.owed) draft.owed = event.owed;
  const deliverNow: string[] = [];
  changeCertificate(draft, decision.state, event);
  for (const command of decision.commands) {
    if (command.kind === "DELIVER" && command.afterMs === 0) deliverNow.push(command.step);
    obey(draft, command, event);
  }
  for (const step of decision.state.steps) {
    const before = draft.saga.steps.find(({ key }) => key === step.key);
    if (before === step) continue;
    const { state, delivery, attempts, failures, instruction } = step;
    const changed = changeOf(draft, step.key);
    if (changed.state !== state) setTimes(changed, state, options.now);
    Object.assign(changed, { state, delivery, attempts, failures, instruction });
  }
  suspendClocks(draft, decision.state);
  draft.saga = decision.state;
  return deliverNow;
}

function changeCertificate(draft: Draft, { certificate: state }: SagaState, event: SagaEvent): void {
  const { certificate, saga, dossier, options, rules } = draft;
  if (!certificate || !state || state === saga.certificate) return;
  draft.certificate = certificateAfter(certificate, state, event, { now: options.now, office: dossier.office, rules });
}

/** Suspends the terms that run from the receipt when a payment or the confirmation of the draft certificate is awaited. */
function suspendClocks(draft: Draft, next: SagaState): void {
  const { now, payBy = null } = draft.options;
  const suspend = suspensionOf(draft.saga, next, { now, payBy, confirmBy: draft.certificate?.confirmBy ?? null });
  if (!suspend) return;
  draft.clock = suspend(draft.clock);
  const first = draft.saga.steps.filter(({ dependsOn, state }) => dependsOn.length === 0 && !isTerminal(state));
  for (const { key } of first) {
    const changed = changeOf(draft, key);
    changed.clock = suspend(changed.clock);
  }
}

function obey(draft: Draft, command: Command, event: SagaEvent): void {
  switch (command.kind) {
    case "RECORD":
      draft.history.push(historyEntry(draft, command, event));
      return;
    case "REFUND":
      draft.refunds.push(command.amountVnd);
      draft.history.push(refundEntry(command.amountVnd));
      return;
    case "STOP_CLOCK":
    case "RUN_CLOCK":
      draft.runs = command.kind === "RUN_CLOCK";
      return;
    case "APOLOGISE":
      apologise(draft, command.workingDays);
      return;
    case "EXTEND": {
      const changed = changeOf(draft, command.step);
      changed.clock = extendClock(changed.clock, { by: command.workingDays, reason: "VERIFICATION" });
      return;
    }
    case "CLEAR_WORK":
      Object.assign(changeOf(draft, command.step), { work: null, afterMs: null, lease: false });
      return;
    default:
      Object.assign(changeOf(draft, command.step), { work: command.kind, afterMs: command.afterMs });
  }
}

/** Moves the due date of the dossier, or of its open parts where the dossier is due with its last part. */
function apologise(draft: Draft, workingDays: number): void {
  const extension = { by: workingDays, reason: "APOLOGY" } as const;
  if (draft.dossier.definition.groupWorkingDays) draft.clock = extendClock(draft.clock, extension);
  else
    for (const { key, state } of draft.saga.steps) {
      if (!isTerminal(state)) changeOf(draft, key).clock = extendClock(changeOf(draft, key).clock, extension);
    }
}
