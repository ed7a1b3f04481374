import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { provenanceColumns } from "../../../subgraphs/_shared/registers/columns.ts";
import { register } from "../../../subgraphs/_shared/registers/register.ts";

export { receivedParts } from "../../../subgraphs/_shared/parts/tables.ts";

/** Enrolments at a school (nhập học), Law on Education 43/2019. */
export const enrolments = register(
  pgTable(
    "enrolments",
    {
      id: uuid("id").primaryKey(),
      personalId: text("personal_id").notNull(),
      school: text("school").notNull(),
      grade: integer("grade").notNull(),
      partId: uuid("part_id").unique(),
      ...provenanceColumns(),
    },
    (t) => [
      check("enrolments_grade", sql`${t.grade} between 1 and 12`),
      index("enrolments_by_person").on(t.personalId),
    ],
  ),
);
