import { and, desc, eq, lt, type SQL } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import * as z from "zod";
import type { Database } from "../serving/database.ts";
import { actOf } from "./act-answers.ts";
import type { ActRow, ActsTable } from "./acts-table.ts";
import { decodeCursor, pageOf, pageSize } from "./pages.ts";

/** Table that says which entries each act concerns. */
type ActLinks = PgTable & { actId: PgColumn };
type Source<Kind extends string> = { db: Database; acts: ActsTable<Kind>; links: ActLinks };

const actCursor = z.tuple([z.uuid()]);

/** A page of the acts that concern an entry, the newest first: the ids of acts are in the order of time. `which` selects its links. */
export async function pageOfActs<Kind extends string>(
  { db, acts, links }: Source<Kind>,
  which: SQL,
  first: number,
  after: string | null | undefined,
) {
  const size = pageSize(first);
  const table = acts as unknown as ActsTable<string>; // drizzle cannot infer the row of a generic table
  const before = after ? lt(links.actId, decodeCursor(after, actCursor)[0]) : undefined;
  const rows = await db
    .select({ act: table })
    .from(links as PgTable)
    .innerJoin(table, eq(table.id, links.actId))
    .where(and(which, before))
    .orderBy(desc(links.actId))
    .limit(size + 1);
  return pageOf(
    rows.map(({ act }) => actOf(act as ActRow<Kind>)), // a row of the table of that kind
    size,
    ({ id }) => [id],
  );
}
