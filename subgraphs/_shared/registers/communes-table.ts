import { sql } from "drizzle-orm";
import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { allCommunes, COMMUNE_LIST } from "../reference/communes.ts";
import type { Database } from "../serving/database.ts";

/** The agency's own copy of the list of communes. A code is valid only together with the version of its list. */
export const communes = pgTable(
  "communes",
  {
    list: text("list").notNull(),
    code: text("code").notNull(),
    name: text("name").notNull(),
    province: text("province").notNull(),
  },
  (t) => [primaryKey({ columns: [t.list, t.code] })],
);

/** Loads the current list if this database does not have it yet. */
export async function loadCommunes(db: Database): Promise<void> {
  const [first] = await db.select({ code: communes.code }).from(communes).where(sql`list = ${COMMUNE_LIST}`).limit(1);
  if (first) return;
  await db.insert(communes).values(allCommunes().map((c) => ({ list: COMMUNE_LIST, ...c })));
}
