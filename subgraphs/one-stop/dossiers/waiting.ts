import { subgraphOf } from "../../agency-registry.ts";
import type { DossierDefinition } from "../definitions/definition.ts";
import type { DossierKinds } from "../definitions/dossier-kind.ts";
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

/** Vietnamese name of the steps of a procedure with this key, of any dossier: by the newest definition that gives them a title. */
export function nameOfSteps({ all }: Pick<DossierKinds, "all">, procedure: string, key: string): string {
  const titled = all
    .flatMap(({ versions }) => versions)
    .sort((a, b) => b.version - a.version)
    .flatMap(({ steps }) => steps)
    .find((step) => step.key === key && step.procedure === procedure && step.title !== undefined);
  return titled?.title ?? procedureOf(procedure)?.name ?? procedure;
}

/** True if the agency has not responded to the last call. */
export function isUnanswered({ state, failures }: StepRow): boolean {
  return (state === "READY" || state === "SENT") && failures > 0;
}

type Sentence = { text: string; textEn: string };

/** Sentence about the step that a part waits for: an agency that has not responded, or a person who has to act. */
export function waitingSentence(definition: DossierDefinition, step: StepRow): Sentence {
  if (step.state === "PROCESSING") return atWork(definition, step);
  if (step.state === "SUPPLEMENT_NEEDED") return papersAwaited(definition, step);
  return answerAwaited(definition, step);
}

function atWork(definition: DossierDefinition, step: StepRow): Sentence {
  const { vi, en } = subgraphOf(step.agency);
  const { name, nameEn, since, sinceEn } = namesOf(definition, step);
  return {
    text: `Cán bộ của ${vi} đang xem xét việc “${name}”${since}. Ông/bà chưa cần làm gì`,
    textEn: `An officer of ${en} examines “${nameEn}”${sinceEn}. You need not do anything yet`,
  };
}

function papersAwaited(definition: DossierDefinition, step: StepRow): Sentence {
  const { vi, en } = subgraphOf(step.agency);
  const { name, nameEn } = namesOf(definition, step);
  return {
    text: `${vi} yêu cầu bổ sung hồ sơ cho việc “${name}”; việc tiếp theo được giải quyết sau khi bổ sung`,
    textEn: `${en} asks for papers for “${nameEn}”; the next work begins after they are handed in`,
  };
}

/** Names of a step, and the time since which it is at its agency. */
function namesOf(definition: DossierDefinition, step: StepRow) {
  const name = nameOfStep(definition, step);
  const { titleEn = name } = definition.steps.find(({ key }) => key === step.key) ?? {};
  const sent = step.firstSentAt && clockTime(step.firstSentAt);
  const [since, sinceEn] = sent ? [` từ ${sent}`, ` since ${sent}`] : ["", ""];
  return { name, nameEn: titleEn, since, sinceEn };
}

/** Sentence about an agency that has not responded. */
function answerAwaited(definition: DossierDefinition, step: StepRow): Sentence {
  const { vi, en } = subgraphOf(step.agency);
  const { attempts, nextAttemptAt } = step;
  const { name, nameEn, since, sinceEn } = namesOf(definition, step);
  const next = nextAttemptAt && clockTime(nextAttemptAt);
  const [again, againEn] = next ? [`, lần gửi tiếp theo: ${next}`, `, the next attempt is at ${next}`] : ["", ""];
  return {
    text: `Đang chờ ${vi} trả lời về việc “${name}”${since}; đã gửi ${attempts} lần${again}. Ông/bà chưa cần làm gì`,
    textEn: `The answer of ${en} about “${nameEn}” is awaited${sinceEn}; attempts so far: ${attempts}${againEn}. You need not do anything yet`,
  };
}

function clockTime(instant: Date): string {
  return new Intl.DateTimeFormat("vi-VN", {
    timeZone: "Asia/Ho_Chi_Minh",
    dateStyle: "short",
    timeStyle: "short",
  }).format(instant);
}
