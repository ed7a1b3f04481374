import { and, asc, avg, count, eq, gte, isNotNull, lt, min } from "drizzle-orm";
import type { OneStopContext } from "../loaders.ts";
import { feedbackWithin } from "../rights.ts";
import { feedback, feedbackOfficers } from "./tables.ts";
import type { RatingAverage } from "./types.ts";

/** Average ratings on the caller's office by officer and field, of the feedback given from `since` on and before `until`. */
export async function ratingAverages(
  { db, caller }: OneStopContext,
  since: Date,
  until: Date,
): Promise<RatingAverage[]> {
  const { officer, name, feedbackId } = feedbackOfficers;
  const { procedureField: field, rating, givenAt } = feedback;
  const rows = await db
    .select({ id: officer, name: min(name), field, ratings: count(), average: avg(rating).mapWith(Number) })
    .from(feedback)
    .innerJoin(feedbackOfficers, eq(feedbackId, feedback.id))
    .where(and(feedbackWithin(caller), isNotNull(rating), gte(givenAt, since), lt(givenAt, until)))
    .groupBy(officer, field)
    .orderBy(asc(officer), asc(field));
  return rows.map(({ id, name: shown, average, ...row }) => ({
    ...row,
    id: [since.toISOString(), until.toISOString(), id, row.field ?? ""].join("/"),
    officer: { id, name: shown ?? id },
    average: Math.round(average * 100) / 100,
  }));
}
