import { type BackoffPolicies, backoffMs } from "./backoff.ts";
import type { Command, Step, StepState } from "./state.ts";

export function record(step: Step, state: StepState): Command {
  return { kind: "RECORD", step: step.key, state };
}

export function clearWork(step: Step): Command {
  return { kind: "CLEAR_WORK", step: step.key };
}

export function deliverAgain(step: Step, jitter: number, backoff: BackoffPolicies): Command {
  return { kind: "DELIVER", step: step.key, afterMs: backoffMs(step.failures - 1, jitter, backoff.deliver) };
}

/** Status query with a growing delay, because the agency may decide in seconds or in days. */
export function askStatus(step: Step, jitter: number, backoff: BackoffPolicies): Command {
  const pace = step.state === "SUPPLEMENT_NEEDED" ? backoff.supplement : backoff.processing;
  return { kind: "ASK_STATUS", step: step.key, afterMs: backoffMs(step.failures, jitter, pace) };
}
