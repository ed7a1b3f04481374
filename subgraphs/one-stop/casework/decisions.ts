import { refusalOf } from "../../_shared/parts/instruction.ts";
import type { PartInstruction, StoredAnswer } from "../../_shared/parts/procedure.ts";
import { ownProblem, type Problem } from "../acceptance/problems.ts";
import type { StepRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { type ProcedureVersion, procedureAt } from "../procedures/catalogue.ts";
import type { LiveDossier, StoredStep } from "../saga/dossier.ts";
import { decisionTextProblem } from "./act-texts.ts";
import { applyAct, type Consequences } from "./acts.ts";
import { contradictedFact } from "./corrected-facts.ts";
import type { DecisionInput, SupplementItemInput } from "./input.ts";
import { compared, leavesOutLikeness } from "./part-likenesses.ts";
import { officerName, workablePart } from "./parts.ts";
import {
  alreadyClaimed,
  decisionMalformed,
  decisionNotTaken,
  factNotCorrectable,
  likenessNotCompared,
  paperNeedsLegalBasis,
  partNotOpen,
} from "./problems.ts";
import { settledPart } from "./settled-steps.ts";

const NOTHING = { decidedAt: null, result: null, facts: null, refusal: null, supplement: null };
const MOST_EXTENSION_DAYS = 60;

/**
 * Decides an open part once. The desk decides its own parts here; a part of an agency gets the decision as an instruction,
 * which the saga sends until the agency has answered.
 */
export async function decidePart(
  ctx: OneStopContext,
  partId: string,
  decision: DecisionInput,
  idempotencyKey: string,
): Promise<Problem | null> {
  const part = await workablePart(ctx, partId);
  const other = claimedByOther(ctx, part);
  if (other) return other;
  const given = [decision.grant, decision.refuse, decision.supplement, decision.extend].filter((each) => each != null);
  const days = decision.extend?.workingDays ?? 1;
  if (given.length !== 1 || days < 1 || days > MOST_EXTENSION_DAYS) {
    return ownProblem(["decision"], decisionMalformed());
  }
  const malformed = decisionTextProblem(decision);
  if (malformed) return malformed;
  if (leavesOutLikeness(part, decision)) return ownProblem(["decision", "grant", "compared"], likenessNotCompared());
  const { receivedAt } = await ctx.loaders.dossierById.load(part.dossierId);
  const outside = paperOutsideList(procedureAt(part.procedure, receivedAt), decision.supplement?.items ?? []);
  if (outside >= 0) {
    const path = ["decision", "supplement", "items", String(outside), "legalBasis"];
    return ownProblem(path, paperNeedsLegalBasis());
  }
  const act = {
    ...{ kind: decision.extend ? ("EXTEND" as const) : ("DECIDE" as const), idempotencyKey },
    ...{ body: { part: partId, decision }, dossierId: part.dossierId, stepId: partId },
  };
  const problem = await applyAct(ctx, act, (dossier) => consequences(ctx, dossier, part, decision));
  if (problem || decision.extend) return problem;
  const settled = await settledPart(ctx, partId);
  const isTaken = decision.supplement ? settled.state !== "PROCESSING" : settled.state === expected(decision);
  const isPending = settled.instruction !== null;
  if (isTaken || isPending) return null;
  // the agency has found a likeness since
  return leavesOutLikeness(settled, decision)
    ? ownProblem(["decision", "grant", "compared"], likenessNotCompared())
    : ownProblem(["decision"], decisionNotTaken());
}

/** Place of an item outside the posted list of the procedure that states no legal basis; -1 where there is none. */
function paperOutsideList(procedure: ProcedureVersion | null, items: readonly SupplementItemInput[]): number {
  const posted = procedure?.requiredPapers;
  if (!posted) return -1;
  return items.findIndex(({ code, legalBasis }) => !posted.includes(code) && !legalBasis?.trim());
}

function expected({ grant, refuse }: DecisionInput): string {
  return grant ? "GRANTED" : refuse ? "REFUSED" : "SUPPLEMENT_NEEDED";
}

function consequences(ctx: OneStopContext, dossier: LiveDossier, part: StepRow, decision: DecisionInput): Consequences {
  const { key } = part;
  const step = dossier.steps.find((each) => each.key === key);
  if (step?.state !== "PROCESSING" || step.instruction !== null) {
    return { problem: ownProblem(["part"], partNotOpen()) };
  }
  if (decision.extend) return { events: [{ kind: "EXTENDED", step: key, ...decision.extend }] };
  const instruction = instructionFor(ctx, decision);
  const attributed = attribution(ctx, step, part.likenesses, decision);
  const isOfficers = dossier.definition.steps.find((each) => each.key === key)?.officer === true;
  if (!isOfficers) {
    const facts = Object.assign({}, ...dossier.steps.map((each) => each.facts ?? {}));
    const contradicted = contradictedFact(dossier.kind.contentFor(key, dossier.request, facts), decision.grant?.facts);
    if (contradicted !== null) {
      const path = ["decision", "grant", "facts", contradicted];
      return { problem: ownProblem(path, factNotCorrectable(contradicted)) };
    }
    return { events: [{ kind: "INSTRUCTED", step: key, instruction: "DECIDE" }], instruction, write: attributed };
  }
  const answer = answerOf(decision, ctx.now);
  const event = { kind: "ANSWERED", step: key, answer: { state: answer.state } } as const;
  return { events: [event], answered: { key, answer }, write: attributed };
}

/** Attributes the decision to the officer. */
function attribution(
  ctx: OneStopContext,
  { id }: StoredStep,
  likenesses: StepRow["likenesses"],
  { grant }: DecisionInput,
) {
  const { subject } = ctx.caller;
  const by = { id: subject, name: officerName(ctx.caller) };
  const seen = grant && likenesses ? compared(likenesses, by, ctx.now) : null;
  return async (sql: OneStopContext["database"]["sql"]) => {
    await sql`
      update steps set decided_by = ${subject}, decided_name = ${by.name},
             likenesses = coalesce(${seen ? sql.json(seen as never) : null}::jsonb, likenesses) where id = ${id}`;
  };
}

function instructionFor(ctx: OneStopContext, { grant, refuse, supplement }: DecisionInput): PartInstruction {
  const by = ctx.caller.subject;
  if (grant) return { by, grant: { facts: factsOf(grant.facts), compared: grant.compared ?? [] } };
  if (refuse) return { by, refuse };
  const items = (supplement?.items ?? []).map(({ code, text }) => ({ code, description: text }));
  return { by, supplement: { items } };
}

function answerOf({ grant, refuse, supplement }: DecisionInput, now: Date): StoredAnswer {
  if (grant) return { ...NOTHING, state: "GRANTED", decidedAt: now, facts: factsOf(grant.facts) };
  if (refuse) return { ...NOTHING, state: "REFUSED", decidedAt: now, refusal: refusalOf(refuse) };
  const items = (supplement?.items ?? []).map(({ code, text }) => ({ code, description: text }));
  return { ...NOTHING, state: "SUPPLEMENT_NEEDED", supplement: items };
}

/** Facts are texts; other values are kept as JSON. */
function factsOf(facts: unknown): Record<string, string> {
  if (typeof facts !== "object" || facts === null) return {};
  const entries = Object.entries(facts);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

/** Problem if another officer has claimed the part. */
function claimedByOther(
  ctx: OneStopContext,
  { claimedBy, claimedName }: { claimedBy: string | null; claimedName: string | null },
): Problem | null {
  if (claimedBy === null || claimedBy === ctx.caller.subject) return null;
  return ownProblem(["part"], alreadyClaimed(claimedName ?? claimedBy));
}
