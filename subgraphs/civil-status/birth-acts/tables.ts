import { sql } from "drizzle-orm";
import { check, index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { register } from "../../_shared/registers/register.ts";
import { acts } from "../acts/tables.ts";
import { births } from "../tables.ts";

export type ParentRole = "MOTHER" | "FATHER";

/** Parents who were recognised after the registration of a birth (nhận cha, mẹ, con), Law on Civil Status 60/2014, art. 24 and 25. */
export const recognitions = register(
  pgTable(
    "recognitions",
    {
      /** The same as that of the act that registered it. */
      id: uuid("id")
        .primaryKey()
        .references(() => acts.id),
      birthId: uuid("birth_id")
        .notNull()
        .references(() => births.id),
      role: text("role").$type<ParentRole>().notNull(),
      personalId: text("personal_id"),
      evidence: text("evidence").notNull(),
    },
    (t) => [
      unique("recognitions_parent").on(t.birthId, t.role),
      index("recognitions_by_person").on(t.personalId),
      check("recognitions_role", sql`${t.role} in ('MOTHER', 'FATHER')`),
    ],
  ),
);
