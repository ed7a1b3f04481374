import { type Command, isTerminal, type SagaState, type Step } from "../../subgraphs/one-stop/saga/state.ts";
import type { Agencies } from "./agencies.ts";
import { broken } from "./broken-promise.ts";
import type { Schedule } from "./schedule.ts";
import type { Store } from "./store.ts";

/** The transitions that the national status list allows us (code-lists.json), and the start. */
const DOSSIER_PATHS = new Set([
  "→RECEIVED",
  "RECEIVED→IN_PROGRESS",
  "RECEIVED→AWAITING_CITIZEN",
  "IN_PROGRESS→AWAITING_CITIZEN",
  "AWAITING_CITIZEN→IN_PROGRESS",
  "IN_PROGRESS→COMPLETED",
  "COMPLETED→RETURNED",
]);

/** What must hold after every single transition. */
export function checkTransition(before: SagaState, store: Store, commands: readonly Command[]): void {
  const { state, jobs } = store;
  let open = 0;
  let awaiting = false;
  for (const [index, step] of state.steps.entries()) {
    const was = before.steps[index];
    const terminal = isTerminal(step.state);
    if (was !== undefined && isTerminal(was.state) && was.state !== step.state) {
      throw broken(`${step.key} left ${was.state} for ${step.state}`);
    }
    if (!terminal) open += 1;
    if (step.state === "SUPPLEMENT_NEEDED") awaiting = true;
    const waiting = jobs.has(step.key);
    if (waiting && (terminal || step.state === "BLOCKED"))
      throw broken(`${step.key} is ${step.state} and still queued`);
    if (!waiting && !terminal && step.state !== "BLOCKED") throw broken(`nobody will look at ${step.key} any more`);
    const recorded = store.lastRecorded.get(step.key) ?? "BLOCKED";
    const swinging = recorded === "READY" && step.state === "SENT" && step.delivery === "SENT";
    if (recorded !== step.state && !swinging) throw broken(`history of ${step.key}: ${recorded}, but ${step.state}`);
  }
  if (open > 0 && (state.dossier === "AWAITING_CITIZEN") !== awaiting) {
    throw broken(`the dossier is ${state.dossier}, awaiting a supplement: ${awaiting}`);
  }
  if ((open === 0) !== (state.outcome !== null)) throw broken(`outcome ${state.outcome} with ${open} open steps`);
  for (const command of commands) {
    const cap = command.kind === "DELIVER" ? 30_000 : command.kind === "ASK_STATUS" ? 600_000 : 0;
    if ("afterMs" in command && !(command.afterMs >= 0 && command.afterMs <= cap)) {
      throw broken(`${command.kind} after ${command.afterMs} ms`);
    }
  }
}

/** What must hold of a step that the store believes surely not delivered. */
export function checkReady(step: Step, agencies: Agencies, underWay: boolean): void {
  if (step.state !== "READY" || step.delivery !== "QUEUED") return;
  if (agencies.has(step.key) || underWay) throw broken(`${step.key} is called surely undelivered, and is not`);
}

/** What must hold when everything has come to rest: the store and the agencies tell the same story. */
export function checkEnd(
  { start }: Schedule,
  store: Store,
  agencies: Agencies,
  sent: ReadonlyMap<string, number>,
  now: number,
): void {
  const { state } = store;
  const byKey = new Map(state.steps.map((step) => [step.key, step]));
  for (const step of state.steps) {
    const standing = agencies.status(step.key, now);
    const effects = agencies.effects(step.key);
    if (effects > 1) throw broken(`${step.key} took effect ${effects} times`);
    if ((standing === "GRANTED") !== (step.state === "GRANTED")) {
      throw broken(`${step.key} is ${step.state} here and ${standing} at its agency`);
    }
    const awaited = step.dependsOn.map((key) => byKey.get(key)?.state);
    const closed = awaited.some((other) => other === "REFUSED" || other === "CANCELLED" || other === "NOT_APPLICABLE");
    if ((step.state === "NOT_APPLICABLE") !== closed) throw broken(`${step.key} is ${step.state} after ${awaited}`);
    const free = awaited.every((other) => other === "GRANTED");
    if ((step.state === "BLOCKED") !== (!closed && !free))
      throw broken(`${step.key} is ${step.state} after ${awaited}`);
    if (!free && (sent.has(step.key) || step.attempts > 0)) throw broken(`${step.key} was sent and never should be`);
    if (free && step.state !== standing) throw broken(`${step.key} is ${step.state} here, ${standing} there`);
  }
  checkOutcome(state, agencies, now);
  const over = state.steps.every((step) => isTerminal(step.state));
  const end = start.returnsAtOnce ? "RETURNED" : "COMPLETED";
  if (over !== (state.dossier === end)) throw broken(`the dossier is ${state.dossier}, all over: ${over}`);
  checkHistory(store);
}

function checkOutcome(state: SagaState, agencies: Agencies, now: number): void {
  const over = state.steps.every((step) => isTerminal(step.state));
  const parts = state.steps.filter((step) => step.part);
  const granted = parts.filter(({ key }) => agencies.status(key, now) === "GRANTED").length;
  const outcome = granted === parts.length ? "GRANTED" : granted === 0 ? "REFUSED" : "PARTLY_GRANTED";
  if (state.outcome !== (over ? outcome : null)) {
    throw broken(`outcome ${state.outcome} with ${granted} of ${parts.length} parts granted`);
  }
}

function checkHistory({ history, state }: Store): void {
  let dossier = "";
  const ended = new Set<string>();
  for (const entry of history) {
    if (entry.step === null) {
      if (!DOSSIER_PATHS.has(`${dossier}→${entry.state}`)) throw broken(`history goes ${dossier}→${entry.state}`);
      dossier = entry.state;
    } else {
      if (ended.has(entry.step)) throw broken(`history of ${entry.step} goes on with ${entry.state}`);
      if (["GRANTED", "REFUSED", "CANCELLED", "NOT_APPLICABLE"].includes(entry.state)) ended.add(entry.step);
    }
  }
  if (dossier !== state.dossier) throw broken(`history ends with ${dossier}, but the dossier is ${state.dossier}`);
}
