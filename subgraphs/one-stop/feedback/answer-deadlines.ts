import type postgres from "postgres";
import { legalDayOf, startOfDay } from "../../_shared/reference/days.ts";
import { explainDue } from "../clock/due.ts";
import type { ClockRules } from "../clock/rules.ts";
import { OFFICE_CLOSED } from "../clock/terms.ts";
import { afterEnd, workingDayBefore } from "../deadlines/working-days.ts";

/** End of the term to answer a complaint, and the time of its reminder or, without one, of its mark of lateness. */
export function answerTerm(
  rules: ClockRules,
  office: string,
  answerDays: number,
  now: Date,
): { answerBy: Date; deadlineAt: Date } {
  const calendar = rules.calendarAt({ agency: "ONE_STOP", office });
  const term = { quantity: answerDays, unit: "WORKING_DAY" } as const;
  const { dueAt } = explainDue({ receivedAt: now, term, cutoff: OFFICE_CLOSED, calendar });
  if (!dueAt) throw new Error("A term without suspension has an end");
  const reminder = startOfDay(workingDayBefore(legalDayOf(dueAt), calendar));
  return { answerBy: dueAt, deadlineAt: reminder > now ? reminder : afterEnd(dueAt) };
}

/** Marks at most `atOnce` unanswered complaints whose reminder or lateness has come, each once. @returns their number */
export async function markComplaints(sql: postgres.Sql, now: Date, atOnce: number): Promise<number> {
  const marked = await sql`
    update feedback
       set reminded_at = case when answer_by >= ${now} then ${now}::timestamptz else reminded_at end,
           overdue_at = case when answer_by < ${now} then ${now}::timestamptz end,
           deadline_at = case when answer_by >= ${now} then answer_by + interval '1 second' end
     where id in (select id from feedback where deadline_at <= ${now} limit ${atOnce} for update skip locked)`;
  return marked.count;
}
