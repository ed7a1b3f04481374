import { pgTable, text, timestamp } from "drizzle-orm/pg-core";

/**
 * Access log: for each request that read or changed citizens' data, one row for each purpose, with caller, fields and time.
 * `keepAccessPartitions` creates it and partitions it by month, so no agency's tables.ts exports it. Rows are never updated.
 */
export const accessLog = pgTable("access_log", {
  at: timestamp("at", { withTimezone: true, mode: "date" }).notNull().defaultNow(),
  requestId: text("request_id").notNull(),
  action: text("action", { enum: ["READ", "CHANGE"] }).notNull(),
  subject: text("subject").notNull(),
  role: text("role").notNull(),
  office: text("office"),
  onBehalfOf: text("on_behalf_of"),
  /** Dossier code. */
  purpose: text("purpose"),
  /** Personal numbers, or register ids where a number does not exist yet. */
  citizens: text("citizens").array().notNull(),
  /** Schema coordinates such as `Citizen.fullName`, or register columns for a change. */
  fields: text("fields").array().notNull(),
});
