import { and, isNotNull, ne, sql } from "drizzle-orm";
import { agencyOf } from "../../_shared/registers/agency-type.ts";
import { unauthenticated } from "../../_shared/serving/errors.ts";
import type { OneStopContext } from "../loaders.ts";
import { steps } from "../tables.ts";
import type { OutboxBacklog } from "./types.ts";

/**
 * Backlog of each agency that has one. It says nothing about persons.
 * @throws UNAUTHENTICATED for an anonymous caller, unless the desk shows its state to the public
 */
export async function outboxBacklog({ db, caller, loaders }: OneStopContext): Promise<OutboxBacklog[]> {
  if (caller.role === "anonymous" && !loaders.desk().configuration.isStatusPublic) throw unauthenticated([]);
  const { agency, work, delivery, failures, firstSentAt, releasedAt } = steps;
  const rows = await db
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
  return rows.map((row) => ({ ...row, agency: agencyOf(row.agency) }));
}
