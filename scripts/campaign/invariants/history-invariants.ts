import type { SystemFacts } from "../system-facts.ts";
import { breaches, type Violation } from "../violation.ts";

const ONCE = new Set(["GRANTED", "REFUSED", "CANCELLED", "NOT_APPLICABLE", "RECEIVED", "COMPLETED", "RETURNED"]);
/** States of a step that may be missing in the history: alternations of READY and SENT in an outage are recorded once. */
const UNTOLD = new Set(["BLOCKED", "READY", "SENT"]);

/** Single events are recorded once, nothing follows an end, and the last entry equals the current state. */
export function historySane({ history, dossiers, steps }: SystemFacts): Violation[] {
  const told = new Map<string, string[]>();
  for (const { dossierId, stepKey, state } of history) {
    const subject = `${dossierId} ${stepKey ?? "dossier"}`;
    told.set(subject, [...(told.get(subject) ?? []), state]);
  }
  const codes = new Map(dossiers.map(({ id, code }) => [id, code]));
  const check = (dossierId: string, what: string, state: string): string | null => {
    const states = told.get(`${dossierId} ${what}`) ?? [];
    const name = `${what} of ${codes.get(dossierId)}`;
    const words = states.join(", ");
    const twice = states.find((one, index) => ONCE.has(one) && states.indexOf(one) !== index);
    if (twice) return `${name} is ${twice} twice: ${words}`;
    if (UNTOLD.has(state)) return null;
    return states.at(-1) === state
      ? null
      : `${name} is ${state}, and its history ends otherwise: ${words || "nothing"}`;
  };
  return breaches("history", [
    ...dossiers.map(({ id, state }) => check(id, "dossier", state)),
    ...steps.map(({ dossierId, key, state }) => check(dossierId, key, state)),
  ]);
}
