import type { PartInstruction, StoredAnswer } from "../../_shared/parts/procedure.ts";
import type { DossierDefinition } from "../definitions/definition.ts";
import { payableOf } from "../payments/payable.ts";
import type { Owed } from "../payments/payment.ts";
import type { Agencies } from "./agency-client.ts";
import { NotAnswered, type Purpose } from "./agency-requests.ts";
import { type LiveDossier, partOf, type StoredStep } from "./dossier.ts";
import type { AnsweredStep } from "./history-entry.ts";
import type { SagaEvent } from "./state.ts";
import type { Lease } from "./store.ts";
import type { Work } from "./work.ts";

/** Outcome of a call: the event for `decide`, the agency's answer, or the reason of the failure. */
export type CallOutcome = { event: SagaEvent; answered: AnsweredStep | null; failure?: string };

/** Delivers a step to its agency or asks for its status, as the lease's work says. */
export async function callAgency(
  agencies: Agencies,
  { key, work }: Pick<Lease, "key" | "work">,
  dossier: LiveDossier,
  instruction: PartInstruction | null,
): Promise<CallOutcome> {
  const step = dossier.steps.find((each) => each.key === key);
  if (!step) throw new Error(`Dossier ${dossier.code} has no step ${key}`);
  const purpose: Purpose = { dossier: dossier.code, onBehalfOf: dossier.owner };
  try {
    const answer = await answerOf(agencies, work, dossier, step, instruction, purpose);
    if (!answer) return { event: { kind: "NOT_FOUND", step: key }, answered: null };
    const instructed = work === "INSTRUCT";
    const owed = owedBy(dossier.definition, key, answer.facts);
    const event: SagaEvent = { kind: "ANSWERED", step: key, answer: { state: answer.state }, instructed, ...owed };
    return { event, answered: { key, answer } };
  } catch (error) {
    if (!(error instanceof NotAnswered)) throw error;
    const event: SagaEvent = { kind: "NOT_ANSWERED", step: key, delivered: error.delivered };
    return { event, answered: null, failure: error.message };
  }
}

/** Amounts that the agency states, if a later step begins after their payment. @throws for facts that cannot be read */
function owedBy({ steps }: DossierDefinition, key: string, facts: StoredAnswer["facts"]): { owed?: Owed } {
  const later = steps.find(({ afterPayment, dependsOn }) => afterPayment && dependsOn.includes(key));
  const payable = later && facts && payableOf(facts);
  if (!payable) return {};
  const lines = payable.lines.map(({ name, amountVnd }) => ({ step: later.key, name, amountVnd }));
  return { owed: { lines, dueOn: payable.dueOn } };
}

function answerOf(
  agencies: Agencies,
  work: Work,
  dossier: LiveDossier,
  step: StoredStep,
  instruction: PartInstruction | null,
  purpose: Purpose,
): Promise<StoredAnswer | null> {
  if (work === "DELIVER") return agencies.deliver(step.agency, partOf(dossier, step), purpose);
  if (step.instruction === "CANCEL") return agencies.cancel(step.agency, step.id, purpose);
  if (work === "ASK_STATUS" || !instruction) return agencies.status(step.agency, step.id, purpose);
  return agencies.instruct(step.agency, step.id, instruction, purpose);
}
