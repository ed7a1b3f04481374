import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import { register } from "../../_shared/registers/register.ts";
import { acts } from "../acts/tables.ts";

/** Employers who enrolled participants (đơn vị tham gia), by the act. */
export const enrolmentEmployers = register(
  pgTable("enrolment_employers", {
    actId: uuid("act_id")
      .primaryKey()
      .references(() => acts.id),
    /** Tax code, or code of a household business. */
    code: text("code").notNull(),
    name: text("name").notNull(),
  }),
);
