import { index, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { actsTable, type ActRow as Row } from "../../_shared/registers/acts-table.ts";
import { register } from "../../_shared/registers/register.ts";
import type { ActKind } from "./act-kinds.ts";

export const acts = actsTable<ActKind>();

export type ActRow = Row<ActKind>;

/** Register entries that an act concerns: births, deaths and other entries, each by its id. */
export const actEntries = register(
  pgTable(
    "act_entries",
    {
      actId: uuid("act_id")
        .notNull()
        .references(() => acts.id),
      entryId: uuid("entry_id").notNull(),
    },
    (t) => [
      primaryKey({ name: "act_entries_pk", columns: [t.entryId, t.actId] }),
      index("act_entries_by_act").on(t.actId),
    ],
  ),
);
