import { badUserInput, notFound } from "../../_shared/serving/errors.ts";
import { ownProblem, type Problem } from "../acceptance/problems.ts";
import { dossierByCode } from "../dossiers/list.ts";
import type { DossierRow, StepRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { isEnded } from "../saga/decide.ts";
import { isTerminal, type SagaEvent } from "../saga/state.ts";
import { applyAct } from "./acts.ts";
import type { ReturnInput, SupplementAnswerInput } from "./input.ts";
import { dossierEnded, itemsMissing, nothingToSupplement, notToBeReturned } from "./problems.ts";
import { settledSteps } from "./settling.ts";

/** @throws NOT_FOUND where the dossier is not within the caller's reach */
async function dossierOf(ctx: OneStopContext, code: string): Promise<DossierRow> {
  const found = await dossierByCode(ctx.db, ctx.caller, code);
  if (!found) throw notFound("dossier");
  return found;
}

/** Answers all open supplements of a dossier at once: the parts go on, and the clocks with them. */
export async function answerSupplement(
  ctx: OneStopContext,
  code: string,
  answers: readonly SupplementAnswerInput[],
  idempotencyKey: string,
): Promise<Problem | null> {
  const { id } = await dossierOf(ctx, code);
  const act = { kind: "ANSWER", idempotencyKey, body: { code, answers }, dossierId: id, stepId: null } as const;
  const given = new Set(answers.map(({ item }) => item));
  const problem = await applyAct(ctx, act, (dossier) => {
    const open = dossier.steps.filter(
      ({ state, instruction }) => state === "SUPPLEMENT_NEEDED" && instruction === null,
    );
    if (open.length === 0) return { problem: ownProblem(["dossier"], nothingToSupplement()) };
    const asked = open.flatMap(({ supplement }) => supplement?.items ?? []);
    const missing = asked.filter((item) => !given.has(item.code)).map((item) => item.code);
    if (missing.length > 0) return { problem: ownProblem(["answers"], itemsMissing(missing)) };
    const isOfficers = (key: string) => dossier.definition.steps.find((step) => step.key === key)?.officer === true;
    const events = open.map(
      ({ key }): SagaEvent =>
        isOfficers(key)
          ? { kind: "ANSWERED", step: key, answer: { state: "PROCESSING" } }
          : { kind: "INSTRUCTED", step: key, instruction: "ANSWER" },
    );
    return {
      events,
      write: async (sql) => {
        const instruction = { by: ctx.caller.subject, answers: answers.map((answer) => ({ ...answer })) };
        for (const { id: stepId, supplement } of open) {
          const answered = { ...supplement, answeredAt: ctx.now.toISOString() };
          await sql`update steps set supplement = ${sql.json(answered as never)} where id = ${stepId}`;
          await sql`
            insert into acts (dossier_id, step_id, kind, owner, role, office, idempotency_key, body_hash, at, instruction, details)
            values (${id}, ${stepId}, 'ANSWER', ${ctx.caller.subject}, ${ctx.caller.role}, ${ctx.caller.office ?? null},
                    ${`${idempotencyKey} ${stepId}`}, '', ${ctx.now}, ${sql.json(instruction as never)}, '{}'::jsonb)`;
        }
      },
    };
  });
  if (!problem) await settledSteps(ctx, id);
  return problem;
}

export type Withdrawal = { problem: Problem | null; cancelled: StepRow[]; kept: StepRow[] };

/** Withdraws a dossier: open parts are cancelled; granted parts are legal facts and stay. */
export async function withdraw(
  ctx: OneStopContext,
  code: string,
  reason: string,
  idempotencyKey: string,
): Promise<Withdrawal> {
  const { id } = await dossierOf(ctx, code);
  const act = { kind: "WITHDRAW", idempotencyKey, body: { code, reason }, dossierId: id, stepId: null } as const;
  const problem = await applyAct(ctx, act, (dossier) =>
    isEnded(dossier.state) ? { problem: ownProblem(["dossier"], dossierEnded()) } : { events: [{ kind: "WITHDRAWN" }] },
  );
  if (problem) return { problem, cancelled: [], kept: [] };
  const parts = (await settledSteps(ctx, id)).filter(({ part }) => part);
  return {
    problem: null,
    cancelled: parts.filter(({ state }) => state === "CANCELLED"),
    kept: parts.filter(({ state }) => isTerminal(state) && state !== "CANCELLED"),
  };
}

/** Records the handover of the results of a completed dossier. */
export async function returnResults(
  ctx: OneStopContext,
  code: string,
  input: ReturnInput,
  idempotencyKey: string,
): Promise<Problem | null> {
  if (!input.method) throw badUserInput("method is required", "input.method");
  const { id } = await dossierOf(ctx, code);
  const act = { kind: "RETURN", idempotencyKey, body: { code, input }, dossierId: id, stepId: null } as const;
  return applyAct(ctx, act, (dossier) =>
    dossier.state === "COMPLETED"
      ? { events: [{ kind: "HANDED_OVER" }] }
      : { problem: ownProblem(["dossier"], notToBeReturned()) },
  );
}
