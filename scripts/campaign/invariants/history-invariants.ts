import type { SystemFacts } from "../system-facts.ts";
import { type Violation, violationsOf } from "../violation.ts";

const ONCE = new Set(["GRANTED", "REFUSED", "CANCELLED", "NOT_APPLICABLE", "RECEIVED", "COMPLETED", "RETURNED"]);
/** States that may be missing in the history, because alternations of READY and SENT in an outage are recorded once. */
const UNRECORDED = new Set(["BLOCKED", "READY", "SENT"]);

/** First words of the entries for an answer to a draft certificate, and for the end of its term. */
const ANSWERS = ["Người nộp đã xác nhận dự thảo", "Người nộp đề nghị sửa dự thảo", "Hết thời hạn xác nhận"];

/** Single events are recorded once, nothing follows an end, and the last entry equals the current state. */
export function historyConsistent({ history, dossiers, steps }: SystemFacts): Violation[] {
  const recorded = new Map<string, string[]>();
  for (const { dossierId, stepKey, state } of history) {
    const subject = `${dossierId} ${stepKey ?? "dossier"}`;
    recorded.set(subject, [...(recorded.get(subject) ?? []), state]);
  }
  const codes = new Map(dossiers.map(({ id, code }) => [id, code]));
  const check = (dossierId: string, what: string, state: string): string | null => {
    const states = recorded.get(`${dossierId} ${what}`) ?? [];
    const name = `${what} of ${codes.get(dossierId)}`;
    const words = states.join(", ");
    const twice = states.find((one, index) => ONCE.has(one) && states.indexOf(one) !== index);
    if (twice) return `${name} is ${twice} twice: ${words}`;
    if (UNRECORDED.has(state)) return null;
    return states.at(-1) === state
      ? null
      : `${name} is ${state}, and its history ends otherwise: ${words || "nothing"}`;
  };
  const answers = new Map<string, string[]>();
  for (const { dossierId, note } of history)
    if (ANSWERS.some((words) => note?.startsWith(words)))
      answers.set(dossierId, [...(answers.get(dossierId) ?? []), note ?? ""]);
  return violationsOf("history", [
    ...[...answers].map(([id, [, second]]) =>
      second === undefined ? null : `the draft certificate of ${codes.get(id)} is answered twice: ${second}`,
    ),
    ...dossiers.map(({ id, state }) => check(id, "dossier", state)),
    ...steps.map(({ dossierId, key, state }) => check(dossierId, key, state)),
  ]);
}
