import { date, index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { packedJson } from "../../_shared/registers/packed-json.ts";
import { numbersIn, personalNumbers } from "../../_shared/registers/personal-numbers.ts";
import type { FoundReminders } from "../../_shared/reminders/types.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import { instant } from "../instant-column.ts";

type EndState = FoundReminders["ended"][number]["state"];

/** Entries whose renewal is due, as agencies have found them: once for each entry and term. */
export const expiryReminders = pgTable(
  "expiry_reminders",
  {
    id: uuid("id").primaryKey(),
    agency: text("agency").$type<AgencyCode>().notNull(),
    /** Id of the agency's register entry. */
    entryId: uuid("entry_id").notNull(),
    expiresOn: date("expires_on").$type<LegalDay>().notNull(),
    renewBy: date("renew_by").$type<LegalDay>().notNull(),
    foundOn: date("found_on").$type<LegalDay>().notNull(),
    /** Personal number of the person whom the entry concerns. */
    holder: text("holder").notNull(),
    /** Personal numbers of the persons who may be told, the first ones first, and the holder. */
    people: personalNumbers("people").notNull(),
    /** Code of the commune of the entry; null where it has none. */
    communeCode: text("commune_code"),
    /** Facts with which a renewal begins, as the agency gave them. */
    facts: packedJson<Readonly<Record<string, unknown>>>("facts").notNull(),
    /** Business time at which the desk read it. */
    readAt: instant("read_at").notNull(),
    /** Reason why the reminder ended, and the day on which its agency found it; null while its term is that of the entry. */
    endState: text("end_state").$type<EndState>(),
    endedOn: date("ended_on").$type<LegalDay>(),
  },
  (t) => [
    unique("expiry_reminders_once").on(t.agency, t.entryId, t.expiresOn),
    index("expiry_reminders_of_commune").on(t.communeCode, t.expiresOn, t.id),
    index("expiry_reminders_people").using("gin", numbersIn(t.people)),
  ],
);

/** Position up to which the desk has read the reminders of each agency. It advances in the transaction that stores what was read. */
export const reminderCursors = pgTable("reminder_cursors", {
  agency: text("agency").$type<AgencyCode>().primaryKey(),
  cursor: text("cursor").notNull(),
});

/** Row of a reminder. */
export type ReminderRow = typeof expiryReminders.$inferSelect;
