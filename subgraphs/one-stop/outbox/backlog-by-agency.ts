import { and, isNotNull, ne, sql } from "drizzle-orm";
import type { Database } from "../../_shared/serving/database.ts";
import { steps } from "../tables.ts";

/** Steps that wait to be delivered, counted by agency; an agency without one is left out. */
export function backlogByAgency(db: Pick<Database, "select">) {
  const { agency, work, delivery, failures, firstSentAt, releasedAt } = steps;
  return db
    .select({
      agency,
      waiting: sql<number>`count(*)::int`,
      failing: sql<number>`(count(*) filter (where ${failures} > 0))::int`,
      oldestSince: sql`min(coalesce(${firstSentAt}, ${releasedAt}))`.mapWith(firstSentAt),
    })
    .from(steps)
    .where(and(isNotNull(work), ne(delivery, "ACKNOWLEDGED"))) // read from the index of the outbox
    .groupBy(agency)
    .orderBy(agency);
}
