import { subgraphOf } from "../../agency-registry.ts";
import type { DossierDefinition } from "../definitions/definition.ts";
import { procedureOf } from "../procedures/catalogue.ts";
import { isTerminal } from "../saga/state.ts";
import type { StepRow } from "./types.ts";

/** Step of the same dossier that a step waits for: the first open one in the chain of dependencies; null if there is none. */
export function awaitedStep(
  definition: DossierDefinition,
  steps: readonly StepRow[],
  waiting: StepRow,
): StepRow | null {
  if (waiting.state !== "BLOCKED") return null;
  const { dependsOn = [] } = definition.steps.find(({ key }) => key === waiting.key) ?? {};
  for (const step of steps.filter(({ key }) => dependsOn.includes(key))) {
    if (step.state === "BLOCKED") return awaitedStep(definition, steps, step);
    if (!isTerminal(step.state)) return step;
  }
  return null;
}

/** Vietnamese name of a step: its title, or the name of its procedure. */
export function nameOfStep(definition: DossierDefinition, { key, procedure }: StepRow): string {
  const { title } = definition.steps.find((step) => step.key === key) ?? {};
  return title ?? procedureOf(procedure)?.name ?? procedure;
}

/** True if the agency has not responded to the last call. */
export function isUnanswered({ state, failures }: StepRow): boolean {
  return (state === "READY" || state === "SENT") && failures > 0;
}

/** Vietnamese sentence about an agency that has not responded. */
export function waitingText(definition: DossierDefinition, step: StepRow): string {
  const { agency, firstSentAt, attempts, nextAttemptAt } = step;
  const since = firstSentAt ? ` từ ${clockTime(firstSentAt)}` : "";
  const next = nextAttemptAt ? `, lần gửi tiếp theo: ${clockTime(nextAttemptAt)}` : "";
  return `Đang chờ ${subgraphOf(agency).vi} trả lời về việc “${nameOfStep(definition, step)}”${since}; đã gửi ${attempts} lần${next}. Ông/bà chưa cần làm gì`;
}

function clockTime(instant: Date): string {
  return new Intl.DateTimeFormat("vi-VN", {
    timeZone: "Asia/Ho_Chi_Minh",
    dateStyle: "short",
    timeStyle: "short",
  }).format(instant);
}
