import { bodyHash } from "../../_shared/serving/idempotency.ts";
import { ownProblem, type Problem } from "../acceptance/problems.ts";
import { answerSupplementOf } from "../casework/citizen-acts.ts";
import type { SupplementAnswerInput } from "../casework/input.ts";
import { nothingToSupplement } from "../casework/problems.ts";
import type { DossierRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { type AnswerCode, findAnswerCode, hasAnswerCode } from "./answer-codes.ts";
import { allowsAnswerByCode, type OpenSupplement, openSupplementOf } from "./open-supplement.ts";
import { answerCodeWrong } from "./problems.ts";

const codeProblem = () => ownProblem(["answerCode"], answerCodeWrong());

/** True if the declarant has been told a code with which the open supplement is answered. */
export async function isAnsweredByCode(ctx: OneStopContext, { id }: Pick<DossierRow, "id">): Promise<boolean> {
  const { sql } = ctx.database;
  const open = await openSupplementOf(sql, id);
  return open !== null && allowsAnswerByCode(open, configurationOf(ctx)) && hasAnswerCode(sql, id, open, ctx.now);
}

/** Supplement that a code opens. */
export async function supplementByCode(
  ctx: OneStopContext,
  dossier: DossierRow,
  given: string,
): Promise<{ open: OpenSupplement; problem: null } | { open: null; problem: Problem }> {
  const code = await findAnswerCode(ctx.database.sql, dossier.id, given, ctx.now);
  if (!code) return { open: null, problem: codeProblem() };
  const open = await openSupplementOf(ctx.database.sql, dossier.id);
  if (!open) return { open: null, problem: ownProblem(["code"], nothingToSupplement()) };
  return isOpenedBy(code, open, ctx) ? { open, problem: null } : { open: null, problem: codeProblem() };
}

/** Answers the supplement of a code, in the name of the citizen who has it. The same answers again change nothing. */
export async function answerByCode(
  ctx: OneStopContext,
  dossier: DossierRow,
  given: string,
  answers: readonly SupplementAnswerInput[],
): Promise<Problem | null> {
  const code = await findAnswerCode(ctx.database.sql, dossier.id, given, ctx.now);
  if (!code) return codeProblem();
  const open = await openSupplementOf(ctx.database.sql, dossier.id);
  // without an open one it is answered already, by this code or another way: the act tells which
  if (open && !isOpenedBy(code, open, ctx)) return codeProblem();
  const caller = { ...ctx.caller, subject: `answer-code:${dossier.code}`, role: "citizen" as const };
  return answerSupplementOf({ ...ctx, caller }, dossier, answers, `supplement:${bodyHash(code.supplement)}`);
}

function isOpenedBy({ supplement }: AnswerCode, open: OpenSupplement, ctx: OneStopContext): boolean {
  return open.key === supplement && allowsAnswerByCode(open, configurationOf(ctx));
}

function configurationOf({ loaders }: OneStopContext) {
  return loaders.desk().configuration.answerCodes;
}
