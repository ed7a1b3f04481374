import type { StoredAnswer } from "../../_shared/parts/procedure.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import { type DossierState, isEnded, isTerminal, type StepState } from "../saga/state.ts";
import type { Finding, FindingKind, Remedy } from "./findings.ts";

export type ComparedStep = {
  id: string;
  key: string;
  agency: AgencyCode;
  dependsOn: readonly string[];
  /** True if officers decide it in the desk's work list, so that its agency does not have it. */
  byOfficers: boolean;
  state: StepState;
  resultId: string | null;
  facts: Record<string, string> | null;
  /** Code of the refusal. */
  refusal: string | null;
  /** ISO 8601 instant of the decision. */
  completedAt: string | null;
  /** True if a worker holds a lease of the step now. */
  isLeased: boolean;
  /** True if no work is planned for it within a day. */
  isIdle: boolean;
};
export type ComparedDossier = {
  id: string;
  code: string;
  revision: number;
  state: DossierState;
  /** True if its steps are kept back until a payment or the answer to the draft certificate. */
  isKeptBack: boolean;
  recordedAt: Date;
  steps: ComparedStep[];
};

/** Answers by step id: null if the agency does not know the part; absent if it could not be asked. */
export type Answers = ReadonlyMap<string, StoredAnswer | null>;
type Difference = { kind: FindingKind; remedy: Remedy; note: string };

/** Differences between a dossier and its agencies' answers, in the order of its steps. Pure. */
export function differences(dossier: ComparedDossier, answers: Answers): Finding[] {
  if (dossier.steps.length === 0) return [ofDossier(dossier, conflict("its steps are gone"))];
  const found: Finding[] = [];
  for (const step of dossier.steps.filter(({ isLeased }) => !isLeased)) {
    const answer = answers.get(step.id);
    const difference =
      (answer === undefined ? undefined : withAgency(dossier, step, answer, answers)) ?? withinDesk(dossier, step);
    if (!difference) continue;
    const { key, agency, id: part, state: atOneStop } = step;
    const atAgency = answer?.state ?? null;
    found.push({ ...difference, dossier: dossier.code, step: key, agency, part, atOneStop, atAgency });
  }
  if (!isEnded(dossier.state) && dossier.steps.every((step) => isTerminal(step.state))) {
    found.push(ofDossier(dossier, stuck("all steps have ended, the dossier has not")));
  }
  return found;
}

function ofDossier({ code, state }: ComparedDossier, difference: Difference): Finding {
  return { ...difference, dossier: code, step: null, agency: null, part: null, atOneStop: state, atAgency: null };
}

function withAgency(
  dossier: ComparedDossier,
  step: ComparedStep,
  answer: StoredAnswer | null,
  answers: Answers,
): Difference | undefined {
  if (!isTerminal(step.state) && isEnded(dossier.state)) return afterTheEnd(dossier, answer);
  switch (step.state) {
    case "GRANTED":
      return granted(step, answer);
    case "REFUSED":
      return refused(step, answer);
    case "CANCELLED":
    case "NOT_APPLICABLE":
      return answer && answer.state !== "CANCELLED"
        ? conflict("the agency has an open part for a step that has ended here")
        : undefined;
    case "BLOCKED":
      return blocked(dossier, step, answer, answers);
    case "READY":
    case "SENT":
      return answer ? behind() : undefined;
    case "PROCESSING":
    case "SUPPLEMENT_NEEDED":
      if (!answer) return missing("RESUME", "it is delivered again under the same key");
      return answer.state === step.state ? undefined : behind();
  }
}

function granted(step: ComparedStep, answer: StoredAnswer | null): Difference | undefined {
  if (!answer) return missing("REDELIVER", "the entry is made again under the same key and numbers");
  if (answer.state !== "GRANTED") return conflict("granted here");
  if (!sameFacts(step.facts, answer.facts)) return conflict("granted by both, with other facts");
  if (step.resultId === (answer.result?.id ?? null)) return undefined;
  return { kind: "RESULT_DIFFERS", remedy: "RECORD", note: `the register has it as ${answer.result?.id ?? "nothing"}` };
}

function refused(step: ComparedStep, answer: StoredAnswer | null): Difference | undefined {
  if (!answer) return missing("REDELIVER", "it is delivered again, and the agency may refuse again");
  if (answer.state !== "REFUSED") return conflict("refused here");
  return answer.refusal?.code === step.refusal ? undefined : conflict("refused by both, on other grounds");
}

/** Decision about a part that the desk has not sent yet: the desk was restored, and catches up as its steps advance. */
function blocked(
  dossier: ComparedDossier,
  step: ComparedStep,
  answer: StoredAnswer | null,
  answers: Answers,
): Difference | undefined {
  if (!answer) return undefined;
  const before = dossier.steps.filter(({ key }) => step.dependsOn.includes(key));
  const lost = before.find(({ id }) => answers.get(id) === null);
  if (lost) return conflict(`decided, though ${lost.agency} does not know ${lost.key}, which it depends on`);
  const closed = before.find(({ state }) => isTerminal(state) && state !== "GRANTED");
  return closed ? conflict(`decided, though ${closed.key} is ${closed.state} here`) : behind();
}

function afterTheEnd({ state }: ComparedDossier, answer: StoredAnswer | null): Difference | undefined {
  if (state === "COMPLETED" || state === "RETURNED") return conflict(`the dossier is ${state}, the step is open`);
  return answer?.state === "GRANTED" ? conflict(`granted, though the dossier is ${state}`) : undefined;
}

/** Inconsistency within the desk's own data: an open step that no worker will ever take up. */
function withinDesk(dossier: ComparedDossier, step: ComparedStep): Difference | undefined {
  if (isTerminal(step.state) || isEnded(dossier.state) || dossier.isKeptBack) return undefined;
  if (step.byOfficers && (step.state === "PROCESSING" || step.state === "SUPPLEMENT_NEEDED")) return undefined;
  if (step.state !== "BLOCKED") return step.isIdle ? stuck("no work is planned for it") : undefined;
  const before = dossier.steps.filter(({ key }) => step.dependsOn.includes(key)).map(({ state }) => state);
  if (before.every((state) => state === "GRANTED")) return stuck("every step that it depends on is granted");
  return before.some((state) => isTerminal(state) && state !== "GRANTED")
    ? stuck("a step that it depends on ended without a grant")
    : undefined;
}

function sameFacts(a: Record<string, string> | null, b: Record<string, string> | null): boolean {
  const sorted = (facts: Record<string, string> | null) => JSON.stringify(Object.entries(facts ?? {}).sort());
  return sorted(a) === sorted(b);
}

const missing = (remedy: Remedy, note: string): Difference => ({ kind: "MISSING_AT_AGENCY", remedy, note });
const stuck = (note: string): Difference => ({ kind: "STUCK", remedy: "RESUME", note });
const conflict = (note: string): Difference => ({ kind: "CONFLICT", remedy: "PERSON", note });
const behind = (): Difference => ({ kind: "BEHIND_AGENCY", remedy: "RESUME", note: "the answer is fetched now" });
