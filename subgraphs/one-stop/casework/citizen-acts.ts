import { notFound } from "../../_shared/serving/errors.ts";
import { attachmentsTooMany, attachmentUnknown, ownProblem, type Problem } from "../acceptance/problems.ts";
import { MOST_ATTACHMENTS, numberOfAttachments } from "../attachments/number-of-attachments.ts";
import { unknownAttachments } from "../attachments/unknown-attachments.ts";
import { dossierByCode } from "../dossiers/dossier-list.ts";
import type { DossierRow, StepRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { isOwed } from "../payments/payment.ts";
import { feeNotPaid } from "../payments/problems.ts";
import { isEnded, isTerminal, type SagaEvent } from "../saga/state.ts";
import { answersProblem, returnProblem, withdrawalReasonProblem } from "./act-texts.ts";
import { applyAct } from "./acts.ts";
import type { ReturnInput, SupplementAnswerInput } from "./input.ts";
import { dossierEnded, itemNotAsked, itemsMissing, nothingToSupplement, notToBeReturned } from "./problems.ts";
import { settledSteps } from "./settled-steps.ts";

/** @throws NOT_FOUND if the dossier is not within the caller's reach */
export async function dossierOf(ctx: OneStopContext, code: string): Promise<DossierRow> {
  const found = await dossierByCode(ctx.db, ctx.caller, code);
  if (!found) throw notFound("dossier");
  return found;
}

/** Answers the open supplements of a dossier within the caller's reach. @throws NOT_FOUND */
export async function answerSupplement(
  ctx: OneStopContext,
  code: string,
  answers: readonly SupplementAnswerInput[],
  idempotencyKey: string,
): Promise<Problem | null> {
  return answerSupplementOf(ctx, await dossierOf(ctx, code), answers, idempotencyKey);
}

/** Answers all open supplements of a dossier at once; the agencies and the clocks of its parts continue. */
export async function answerSupplementOf(
  ctx: OneStopContext,
  { id, code }: Pick<DossierRow, "id" | "code">,
  answers: readonly SupplementAnswerInput[],
  idempotencyKey: string,
): Promise<Problem | null> {
  const malformed = answersProblem(answers);
  if (malformed) return malformed;
  const act = { kind: "ANSWER", idempotencyKey, body: { code, answers }, dossierId: id, stepId: null } as const;
  const given = new Set(answers.map(({ item }) => item));
  const isTooLong = answers.length > MOST_ATTACHMENTS;
  const unknown = isTooLong ? -1 : ((await unknownAttachments(ctx, answers))[0] ?? -1);
  const problem = await applyAct(ctx, act, async (dossier) => {
    const open = dossier.steps.filter(
      ({ state, instruction }) => state === "SUPPLEMENT_NEEDED" && instruction === null,
    );
    if (open.length === 0) return { problem: ownProblem(["dossier"], nothingToSupplement()) };
    const asked = open.flatMap(({ supplement }) => supplement?.items ?? []);
    const missing = asked.filter((item) => !given.has(item.code)).map((item) => item.code);
    if (missing.length > 0) return { problem: ownProblem(["answers"], itemsMissing(missing)) };
    const outside = answers.findIndex(({ item }) => !asked.some(({ code: each }) => each === item));
    if (outside >= 0) {
      const path = ["answers", String(outside), "item"];
      return { problem: ownProblem(path, itemNotAsked(asked.map((item) => item.code))) };
    }
    if (unknown >= 0) return { problem: ownProblem(["answers", String(unknown), "attachment"], attachmentUnknown()) };
    const added = answers.flatMap(({ attachment }) => attachment ?? []);
    if (isTooLong || (await numberOfAttachments(ctx, id, added)) > MOST_ATTACHMENTS)
      return { problem: ownProblem(["answers"], attachmentsTooMany(MOST_ATTACHMENTS)) };
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
        for (const { attachment } of answers) {
          if (attachment)
            await sql`insert into dossier_attachments (attachment, dossier_id) values (${attachment}, ${id}) on conflict do nothing`;
        }
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
  const malformed = withdrawalReasonProblem(reason);
  if (malformed) return { problem: malformed, cancelled: [], kept: [] };
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
  const { id } = await dossierOf(ctx, code);
  const malformed = returnProblem(input);
  if (malformed) return malformed;
  const act = { kind: "RETURN", idempotencyKey, body: { code, input }, dossierId: id, stepId: null } as const;
  return applyAct(ctx, act, ({ state, payment }) => {
    if (state !== "COMPLETED") return { problem: ownProblem(["dossier"], notToBeReturned()) };
    if (payment && isOwed(payment.state)) return { problem: ownProblem(["dossier"], feeNotPaid(payment.amountVnd)) };
    return { events: [{ kind: "HANDED_OVER" }] };
  });
}
