import { and, desc, eq, exists, gte, inArray, isNotNull, isNull, lt, not, or, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { cursorInstant, decodeCursor, pageOf, pageSize } from "../../_shared/registers/pages.ts";
import { forbidden } from "../../_shared/serving/errors.ts";
import type { OneStopContext } from "../loaders.ts";
import { lazyTotal, MOST_COUNTED_ROWS } from "../paging/counting.ts";
import { feedbackWithin } from "../rights.ts";
import { dossiers } from "../tables.ts";
import type { FeedbackFilter } from "./input.ts";
import { feedback, feedbackOfficers } from "./tables.ts";
import type { FeedbackRow } from "./types.ts";

const feedbackCursor = z.tuple([cursorInstant, z.uuid()]);
/** In the words of the index of unanswered complaints. */
const IS_UNANSWERED = and(isNotNull(feedback.complaint), isNull(feedback.answeredAt)) as SQL; // of two conditions

/** True after the end of the term of a complaint without an answer. */
export function isOverdue({ answerBy, answeredAt }: FeedbackRow, now: Date): boolean {
  return answerBy !== null && answeredAt === null && now > answerBy;
}

/** Page of the feedback within the caller's reach, the newest first. @throws FORBIDDEN for a filter by officer without the right to measure */
export async function listFeedback(ctx: OneStopContext, filter: FeedbackFilter, first: number, after: string | null) {
  if (filter.officer && !ctx.caller.permissions.includes("feedback:measure")) throw forbidden([["feedback:measure"]]);
  const { db } = ctx;
  const { givenAt, id } = feedback;
  const wanted = and(feedbackWithin(ctx.caller), ...conditions(ctx, filter));
  const [at, last] = after ? decodeCursor(after, feedbackCursor) : [];
  const following =
    at === undefined || last === undefined
      ? undefined
      : or(lt(givenAt, new Date(at)), and(eq(givenAt, new Date(at)), lt(id, last)));
  const size = pageSize(first);
  const rows = await db
    .select({ row: feedback, code: dossiers.code, applicant: dossiers.applicantPersonalId })
    .from(feedback)
    .leftJoin(dossiers, eq(dossiers.id, feedback.dossierId))
    .where(and(wanted, following))
    .orderBy(desc(givenAt), desc(id))
    .limit(size + 1);
  const page = pageOf(rows, size, ({ row }) => [row.givenAt.getTime(), row.id]);
  for (const { row, code, applicant } of page.nodes) ctx.access.read(applicant ?? code ?? row.id, code);
  const counted = db.select({ id }).from(feedback).where(wanted).limit(MOST_COUNTED_ROWS).as("counted");
  return { ...page, nodes: page.nodes.map(({ row }) => row), total: lazyTotal(db, counted) };
}

function conditions({ db, now }: OneStopContext, filter: FeedbackFilter): (SQL | undefined)[] {
  const { officer, field, ratings, unanswered, overdue } = filter;
  const isOfOfficer = and(eq(feedbackOfficers.feedbackId, feedback.id), eq(feedbackOfficers.officer, officer ?? ""));
  const isLate = and(IS_UNANSWERED, lt(feedback.answerBy, now));
  return [
    officer ? exists(db.select({ one: sql`1` }).from(feedbackOfficers).where(isOfOfficer)) : undefined,
    field ? eq(feedback.procedureField, field) : undefined,
    ratings ? inArray(feedback.rating, ratings) : undefined,
    unanswered === true ? IS_UNANSWERED : undefined,
    unanswered === false ? not(IS_UNANSWERED) : undefined,
    overdue === true ? isLate : undefined,
    overdue === false ? or(not(IS_UNANSWERED), gte(feedback.answerBy, now)) : undefined,
  ];
}
