import { and, eq, isNull } from "drizzle-orm";
import * as z from "zod";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { bodyHash, demandIdempotencyKey } from "../../_shared/serving/idempotency.ts";
import { idempotencyConflict, ownProblem } from "../acceptance/problems.ts";
import { officerName } from "../casework/parts.ts";
import type { OneStopContext } from "../loaders.ts";
import { feedbackWithin } from "../rights.ts";
import { paragraphText } from "./content.ts";
import { feedbackAnswered, nothingToAnswer } from "./problems.ts";
import type { FeedbackResult } from "./stored-feedback.ts";
import { feedback } from "./tables.ts";
import type { FeedbackRow } from "./types.ts";

const LONGEST_ANSWER = 2_000;

/** Answers a complaint for the office. If two persons do so at once, one succeeds and the other learns who did. @throws NOT_FOUND */
export async function answerFeedback(
  ctx: OneStopContext,
  id: string,
  answer: string,
  idempotencyKey: string,
): Promise<FeedbackResult> {
  demandIdempotencyKey(idempotencyKey);
  const found = z.uuid().safeParse(id).success ? await reachable(ctx, id) : null;
  if (!found) throw notFound("feedback");
  const { text, problem } = paragraphText(answer, LONGEST_ANSWER, ["answer"]);
  if (problem) return { feedback: null, problems: [problem] };
  if (found.complaint === null) return { feedback: null, problems: [ownProblem(["id"], nothingToAnswer())] };
  const { subject: answererId } = ctx.caller;
  const answeredKey = `${idempotencyKey} ${bodyHash({ id, text })}`;
  const answered = { answer: text, answererId, answeredName: officerName(ctx.caller), answeredKey };
  await ctx.db.transaction(async (tx) => {
    const [written] = await tx
      .update(feedback)
      .set({ ...answered, answeredAt: ctx.now, deadlineAt: null })
      .where(and(eq(feedback.id, id), isNull(feedback.answeredAt)))
      .returning({ id: feedback.id });
    if (written) await recordChange(tx, ctx.caller, [id], ["Feedback"]);
  });
  const now = await reachable(ctx, id);
  if (now?.answererId === answererId && now.answeredKey === answeredKey) return { feedback: now, problems: [] };
  const isSameKey = now?.answererId === answererId && now.answeredKey?.startsWith(`${idempotencyKey} `) === true;
  const fault = isSameKey ? idempotencyConflict() : feedbackAnswered(now?.answeredName ?? "");
  return { feedback: null, problems: [ownProblem([isSameKey ? "idempotencyKey" : "id"], fault)] };
}

async function reachable({ db, caller }: OneStopContext, id: string): Promise<FeedbackRow | null> {
  const [row] = await db
    .select()
    .from(feedback)
    .where(and(eq(feedback.id, id), feedbackWithin(caller)));
  return row ?? null;
}
