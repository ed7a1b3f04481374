import {
  type AnyPgColumn,
  bigint,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import type { LegalDay } from "../reference/days.ts";
import { register } from "../registers/register.ts";
import { termStates } from "./source.ts";

/**
 * Table of an agency's entries whose renewal is due, once for each entry and term that it gets, and of the ends of these reminders.
 * `entryId` is the id of its table of entries.
 */
export const expiryRemindersTable = (entryId: () => AnyPgColumn) =>
  register(
    pgTable(
      "expiry_reminders",
      {
        entryId: uuid("entry_id").notNull().references(entryId),
        /** Last day of the term. */
        expiresOn: date("expires_on").$type<LegalDay>().notNull(),
        /** DUE when it is found; a second row tells that it ended, and why. */
        state: text("state", { enum: termStates }).notNull().default("DUE"),
        /** Number of times it was found: again where the entry has got back a term whose reminder had ended. */
        round: integer("round").notNull().default(1),
        /** Day by the business clock on which it was found, or its end was. */
        foundOn: date("found_on").$type<LegalDay>().notNull(),
        /** Order in which reminders are committed: one sweep writes at a time. The desk reads them in this order. */
        position: bigint("position", { mode: "number" })
          .notNull()
          .unique("expiry_reminders_position")
          .generatedAlwaysAsIdentity(),
        recordedAt: timestamp("recorded_at", { withTimezone: true, mode: "date" }).notNull().defaultNow(),
      },
      (t) => [
        primaryKey({ name: "expiry_reminders_pk", columns: [t.entryId, t.expiresOn, t.state, t.round] }),
        index("expiry_reminders_by_term").on(t.expiresOn),
      ],
    ),
  );

/** Days whose sweep is complete. */
export const reminderSweeps = pgTable("reminder_sweeps", {
  day: date("day").$type<LegalDay>().primaryKey(),
  finishedAt: timestamp("finished_at", { withTimezone: true, mode: "date" }).notNull().defaultNow(),
  /** Reminders of that day. */
  found: integer("found").notNull(),
});
