import type { StoredAnswer } from "../../_shared/parts/procedure.ts";
import { legalDayOf } from "../../_shared/reference/days.ts";
import type { Agencies, PartCall, PartCheckAnswer } from "../saga/agency-client.ts";
import { NotAnswered, NotUnderstood } from "../saga/agency-requests.ts";
import { type LiveDossier, partOf, type StoredStep } from "../saga/dossier.ts";
import { PURPOSE } from "./agency-answers.ts";
import type { Outcome } from "./findings.ts";

const CHECK_MS = 5_000;

export type Redelivered = { outcome: Exclude<Outcome, "PLANNED">; note: string; answer?: StoredAnswer };

/**
 * Delivers a decided part again that its agency has lost: same key, same content and, for a grant, its facts, so that the
 * child's id, numbers and days stay as other agencies and papers have them. A check asks the agency first whether it would
 * decide the same: a registered birth must not become a refusal because a backup was old.
 */
export async function redeliver(agencies: Agencies, dossier: LiveDossier, step: StoredStep): Promise<Redelivered> {
  const purpose = { ...PURPOSE, dossier: dossier.code };
  const part = { ...partOf(dossier, step) };
  if (step.state === "GRANTED") part.content = { ...part.content, grantedBefore: factsOfGrant(step) };
  try {
    const [foreseen] = await agencies.check(step.agency, [part], purpose, CHECK_MS);
    const objection = foreseen && objectionTo(step, foreseen);
    if (objection) return person(objection);
    return verdict(step, await agencies.deliver(step.agency, part, purpose));
  } catch (error) {
    if (error instanceof NotUnderstood) return person(`the agency does not understand the part: ${error.message}`);
    if (error instanceof NotAnswered) return { outcome: "UNANSWERED", note: error.message };
    throw error;
  }
}

/** Facts of a grant and its day: that of the entry where the facts have it, because the desk may have heard of it later. */
export function factsOfGrant({ facts, completedAt }: Pick<StoredStep, "facts" | "completedAt">): PartCall["content"] {
  const on = facts?.registeredOn ?? (completedAt && legalDayOf(new Date(completedAt)));
  return { ...facts, ...(on && { on }) };
}

function objectionTo(step: StoredStep, { problems, handling }: PartCheckAnswer): string | undefined {
  const [problem] = problems;
  if (step.state === "GRANTED") {
    return problem && `the agency would refuse it now: ${problem.code}: ${problem.messageEn}`;
  }
  if (problem?.code === step.refusal?.code) return undefined;
  const now = problem ? `refuse it for ${problem.code}` : handling === "OFFICER" ? "let an officer decide" : "grant it";
  return `refused for ${step.refusal?.code}, but the agency would ${now} now; nothing was sent`;
}

function verdict(step: StoredStep, answer: StoredAnswer): Redelivered {
  if (answer.state === "PROCESSING") return person("the agency has it again; one of its officers must decide it anew");
  if (answer.state !== step.state) return person(`delivered again, the agency answered ${answer.state}`);
  const differing = Object.entries(step.facts ?? {}).filter(([name, value]) => answer.facts?.[name] !== value);
  if (differing.length > 0) {
    return person(`entered again with another ${differing.map(([name]) => name).join(" and ")} than before`);
  }
  return { outcome: "RESUMED", note: "delivered again, and answered as before", answer };
}

function person(note: string): Redelivered {
  return { outcome: "PERSON", note };
}
