import { clearWork, record } from "./commands.ts";
import { type Command, isTerminal, type Step } from "./state.ts";

/** Releases steps whose dependencies are all granted; closes, transitively, steps with a dependency that ended otherwise. */
export function propagate(steps: readonly Step[], commands: Command[]): readonly Step[] {
  const states = new Map(steps.map(({ key, state }) => [key, state]));
  const changed = steps.map((step) => {
    if (step.state !== "BLOCKED") return step;
    const awaited = step.dependsOn.map((key) => states.get(key));
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
  return closedMore ? propagate(changed, commands) : changed;
}
