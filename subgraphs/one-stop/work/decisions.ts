import type { PartInstruction, StoredAnswer } from "../../_shared/parts/procedure.ts";
import { endOfDay, legalDayOf } from "../../_shared/reference/days.ts";
import { ownProblem, type Problem } from "../acceptance/problems.ts";
import { workingDaysAfter } from "../clock/working-days.ts";
import type { OneStopContext } from "../loaders.ts";
import type { LiveDossier, StoredStep } from "../saga/dossier.ts";
import { applyAct, type Consequences } from "./acts.ts";
import type { DecisionInput } from "./input.ts";
import { officerName, workablePart } from "./parts.ts";
import { alreadyClaimed, decisionMalformed, decisionNotTaken, partNotOpen } from "./problems.ts";
import { settledPart } from "./settling.ts";

const NOTHING = { decidedAt: null, result: null, facts: null, refusal: null, supplement: null };
const MOST_EXTENSION_DAYS = 60;

/**
 * Decides an open part once. A part of the desk's own work list is decided here; the agency that has the part applies the
 * decision otherwise, however often it has to be sent.
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
  const act = {
    ...{ kind: decision.extend ? ("EXTEND" as const) : ("DECIDE" as const), idempotencyKey },
    ...{ body: { part: partId, decision }, dossierId: part.dossierId, stepId: partId },
  };
  const problem = await applyAct(ctx, act, (dossier) => consequences(ctx, dossier, part.key, decision));
  if (problem || decision.extend) return problem;
  const settled = await settledPart(ctx, partId);
  const isTaken = decision.supplement ? settled.state !== "PROCESSING" : settled.state === expected(decision);
  const isPending = settled.instruction !== null;
  return isTaken || isPending ? null : ownProblem(["decision"], decisionNotTaken());
}

function expected({ grant, refuse }: DecisionInput): string {
  return grant ? "GRANTED" : refuse ? "REFUSED" : "SUPPLEMENT_NEEDED";
}

function consequences(ctx: OneStopContext, dossier: LiveDossier, key: string, decision: DecisionInput): Consequences {
  const step = dossier.steps.find((each) => each.key === key);
  if (step?.state !== "PROCESSING" || step.instruction !== null) {
    return { problem: ownProblem(["part"], partNotOpen()) };
  }
  if (decision.extend) return extension(dossier, step, decision.extend.workingDays);
  const instruction = instructionFor(ctx, decision);
  const attributed = attribution(ctx, step);
  const isOfficers = dossier.definition.steps.find((each) => each.key === key)?.officer === true;
  if (!isOfficers) {
    return { events: [{ kind: "INSTRUCTED", step: key, instruction: "DECIDE" }], instruction, write: attributed };
  }
  const answer = answerOf(decision, ctx.now);
  const event = { kind: "ANSWERED", step: key, answer: { state: answer.state } } as const;
  return { events: [event], answered: { key, answer }, write: attributed };
}

/** Attributes the decision to the officer. */
function attribution(ctx: OneStopContext, { id }: StoredStep) {
  const { subject } = ctx.caller;
  return async (sql: OneStopContext["database"]["sql"]) => {
    await sql`
      update steps set decided_by = ${subject}, decided_name = ${officerName(ctx.caller)} where id = ${id}`;
  };
}

function instructionFor(ctx: OneStopContext, { grant, refuse, supplement }: DecisionInput): PartInstruction {
  const by = ctx.caller.subject;
  if (grant) return { by, grant: { facts: factsOf(grant.facts) } };
  if (refuse) return { by, refuse };
  const items = (supplement?.items ?? []).map(({ code, text }) => ({ code, description: text }));
  return { by, supplement: { items } };
}

function answerOf({ grant, refuse, supplement }: DecisionInput, now: Date): StoredAnswer {
  if (grant) return { ...NOTHING, state: "GRANTED", decidedAt: now, facts: factsOf(grant.facts) };
  if (refuse) {
    const { reason, legalBasis } = refuse;
    const refusal = { code: "REFUSED_BY_OFFICER", message: reason, messageEn: reason, legalBasis };
    return { ...NOTHING, state: "REFUSED", decidedAt: now, refusal };
  }
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

function extension(dossier: LiveDossier, step: StoredStep, days: number): Consequences {
  const later = (due: Date) => endOfDay(workingDaysAfter(legalDayOf(due), days));
  const partDue = step.dueAt ? later(new Date(step.dueAt)) : null;
  return {
    events: [],
    write: async (sql) => {
      await sql`update steps set due_at = ${partDue} where id = ${step.id}`;
      await sql`
        update dossiers set due_at = greatest(due_at, ${partDue ?? later(dossier.dueAt)}) where id = ${dossier.id}`;
    },
  };
}

/** Problem if another officer has claimed the part. */
function claimedByOther(
  ctx: OneStopContext,
  { claimedBy, claimedName }: { claimedBy: string | null; claimedName: string | null },
): Problem | null {
  if (claimedBy === null || claimedBy === ctx.caller.subject) return null;
  return ownProblem(["part"], alreadyClaimed(claimedName ?? claimedBy));
}
