import { type Command, isTerminal, type SagaState, type Step } from "../../subgraphs/one-stop/saga/state.ts";
import { checkCertificate, checkCertificateEnd } from "./certificate-invariants.ts";
import { invariantViolated } from "./invariant-violation.ts";
import { checkPayment, checkPaymentEnd, isPaymentState } from "./payment-invariants.ts";
import type { Schedule } from "./schedule.ts";
import type { Agencies } from "./simulated-agencies.ts";
import type { Store } from "./simulated-store.ts";

/** Transitions that the national status list allows, and the initial state. */
const DOSSIER_PATHS = new Set([
  "→RECEIVED",
  "RECEIVED→IN_PROGRESS",
  "RECEIVED→AWAITING_CITIZEN",
  "RECEIVED→AWAITING_PAYMENT",
  "AWAITING_PAYMENT→IN_PROGRESS",
  "IN_PROGRESS→AWAITING_PAYMENT",
  "IN_PROGRESS→AWAITING_CITIZEN",
  "AWAITING_CITIZEN→IN_PROGRESS",
  "IN_PROGRESS→COMPLETED",
  "COMPLETED→RETURNED",
]);

/** Checks the invariants of every transition. */
export function checkTransition(before: SagaState, store: Store, commands: readonly Command[]): void {
  const { state, jobs } = store;
  checkCertificate(before, state);
  let open = 0;
  let awaiting = state.certificate === "AWAITED";
  for (const [index, step] of state.steps.entries()) {
    const was = before.steps[index];
    const terminal = isTerminal(step.state);
    if (was !== undefined && isTerminal(was.state) && was.state !== step.state) {
      throw invariantViolated(`${step.key} left ${was.state} for ${step.state}`);
    }
    if (!terminal) open += 1;
    if (step.state === "SUPPLEMENT_NEEDED") awaiting = true;
    const waiting = jobs.has(step.key);
    if (waiting && (terminal || step.state === "BLOCKED"))
      throw invariantViolated(`${step.key} is ${step.state} and still queued`);
    if (!waiting && !terminal && step.state !== "BLOCKED") throw invariantViolated(`no job is left for ${step.key}`);
    const recorded = store.lastRecorded.get(step.key) ?? "BLOCKED";
    const swinging = recorded === "READY" && step.state === "SENT" && step.delivery === "SENT";
    if (recorded !== step.state && !swinging)
      throw invariantViolated(`history of ${step.key}: ${recorded}, but ${step.state}`);
  }
  if (open > 0 && (state.dossier === "AWAITING_CITIZEN") !== awaiting) {
    throw invariantViolated(`the dossier is ${state.dossier}, awaiting the citizen: ${awaiting}`);
  }
  if ((open === 0) !== (state.outcome !== null))
    throw invariantViolated(`outcome ${state.outcome} with ${open} open steps`);
  checkPayment(store);
  for (const command of commands) {
    const cap =
      command.kind === "DELIVER" || command.kind === "INSTRUCT" ? 30_000 : command.kind === "ASK_STATUS" ? 600_000 : 0;
    if ("afterMs" in command && !(command.afterMs >= 0 && command.afterMs <= cap)) {
      throw invariantViolated(`${command.kind} after ${command.afterMs} ms`);
    }
  }
}

/** Checks that a step which the store marks as undelivered has not reached its agency and is not on its way. */
export function checkUndelivered(step: Step, agencies: Agencies, underWay: boolean): void {
  if (step.state !== "READY" || step.delivery !== "QUEUED") return;
  if (agencies.has(step.key) || underWay)
    throw invariantViolated(`${step.key} is marked as undelivered, but was delivered`);
}

/** Checks the invariants of the settled system: the store and the agencies have the same states. */
export function checkEnd(
  { start, termMs, stated }: Schedule,
  store: Store,
  agencies: Agencies,
  sent: ReadonlyMap<string, number>,
  now: number,
): void {
  const { state } = store;
  checkCertificateEnd(state);
  const byKey = new Map(state.steps.map((step) => [step.key, step]));
  for (const step of state.steps) {
    const standing = agencies.status(step.key, now);
    const effects = agencies.effects(step.key);
    if (effects > 1) throw invariantViolated(`${step.key} took effect ${effects} times`);
    if ((standing === "GRANTED") !== (step.state === "GRANTED")) {
      throw invariantViolated(`${step.key} is ${step.state} here and ${standing} at its agency`);
    }
    const awaited = step.dependsOn.map((key) => byKey.get(key)?.state);
    const closed = awaited.some((other) => other === "REFUSED" || other === "CANCELLED" || other === "NOT_APPLICABLE");
    if ((step.state === "NOT_APPLICABLE") !== closed)
      throw invariantViolated(`${step.key} is ${step.state} after ${awaited}`);
    const free = awaited.every((other) => other === "GRANTED");
    if ((step.state === "BLOCKED") !== (!closed && !free))
      throw invariantViolated(`${step.key} is ${step.state} after ${awaited}`);
    if (!free && (sent.has(step.key) || step.attempts > 0))
      throw invariantViolated(`${step.key} was sent and never should be`);
    if (free && step.state !== standing)
      throw invariantViolated(`${step.key} is ${step.state} here, ${standing} there`);
  }
  for (const key of store.instructions.keys()) {
    const standing = agencies.status(key, now);
    if (standing === null || !isTerminal(standing))
      throw invariantViolated(`the instruction for ${key} was never carried out: it is ${standing}`);
  }
  checkOutcome(state, agencies, now);
  const over = state.steps.every((step) => isTerminal(step.state));
  const end = start.returnsAtOnce ? "RETURNED" : "COMPLETED";
  if (over !== (state.dossier === end)) throw invariantViolated(`the dossier is ${state.dossier}, all over: ${over}`);
  checkHistory(store);
  checkPaymentEnd(store, stated);
  const isOpen = state.dossier === "IN_PROGRESS" || state.dossier === "RECEIVED";
  if (isOpen && store.countedMs(now) >= termMs !== state.marks.includes("OVERDUE"))
    throw invariantViolated(`overdue ${state.marks} after ${store.countedMs(now)} of ${termMs} ms`);
}

function checkOutcome(state: SagaState, agencies: Agencies, now: number): void {
  const over = state.steps.every((step) => isTerminal(step.state));
  const parts = state.steps.filter((step) => step.part);
  const granted = parts.filter(({ key }) => agencies.status(key, now) === "GRANTED").length;
  const outcome = granted === parts.length ? "GRANTED" : granted === 0 ? "REFUSED" : "PARTLY_GRANTED";
  if (state.outcome !== (over ? outcome : null)) {
    throw invariantViolated(`outcome ${state.outcome} with ${granted} of ${parts.length} parts granted`);
  }
}

function checkHistory({ history, state }: Store): void {
  let dossier = "";
  let marks = 0;
  const ended = new Set<string>();
  for (const entry of history) {
    if (isPaymentState(entry.state)) continue;
    if (entry.step === null && entry.state === dossier) marks += 1;
    else if (entry.step === null) {
      if (!DOSSIER_PATHS.has(`${dossier}→${entry.state}`))
        throw invariantViolated(`history goes ${dossier}→${entry.state}`);
      dossier = entry.state;
    } else {
      if (ended.has(entry.step)) throw invariantViolated(`history of ${entry.step} goes on with ${entry.state}`);
      if (["GRANTED", "REFUSED", "CANCELLED", "NOT_APPLICABLE"].includes(entry.state)) ended.add(entry.step);
    }
  }
  if (marks !== state.marks.length)
    throw invariantViolated(`history has ${marks} deadlines, the dossier ${state.marks.length}`);
  if (dossier !== state.dossier)
    throw invariantViolated(`history ends with ${dossier}, but the dossier is ${state.dossier}`);
}
