import { isOwed } from "../payments/payment.ts";
import { clearWork, record } from "./commands.ts";
import { type Command, isTerminal, type SagaState, type Step } from "./state.ts";

type Settling = Pick<SagaState, "steps" | "payment">;

/**
 * Releases steps whose dependencies are all granted, unless a payment is awaited; closes, transitively, steps with a dependency
 * that ended otherwise.
 */
export function propagate({ steps, payment }: Settling, commands: Command[]): readonly Step[] {
  const states = new Map(steps.map(({ key, state }) => [key, state]));
  const changed = steps.map((step) => {
    if (step.state !== "BLOCKED") return step;
    const awaited = step.dependsOn.map((key) => states.get(key));
    if (awaitsPayment(step, { steps, payment })) return step;
    if (awaited.every((state) => state === "GRANTED") && step.officer) {
      commands.push(record(step, "PROCESSING"), clearWork(step));
      return { ...step, state: "PROCESSING" as const, delivery: "ACKNOWLEDGED" as const };
    }
    if (awaited.every((state) => state === "GRANTED")) {
      commands.push(record(step, "READY"), { kind: "DELIVER", step: step.key, afterMs: 0 });
      return { ...step, state: "READY" as const };
    }
    if (awaited.some((state) => state !== undefined && state !== "GRANTED" && isTerminal(state))) {
      commands.push(record(step, "NOT_APPLICABLE"), clearWork(step));
      return { ...step, state: "NOT_APPLICABLE" as const };
    }
    return step;
  });
  const closedMore = changed.some((step, index) => step !== steps[index] && step.state === "NOT_APPLICABLE");
  return closedMore ? propagate({ steps: changed, payment }, commands) : changed;
}

/** True if a step could begin but for the payment of what an agency has stated. */
export function awaitsPayment(step: Step, { steps, payment }: Settling): boolean {
  if (!step.afterPayment || step.state !== "BLOCKED" || !payment || !isOwed(payment.state)) return false;
  return step.dependsOn.every((key) => steps.some((other) => other.key === key && other.state === "GRANTED"));
}
