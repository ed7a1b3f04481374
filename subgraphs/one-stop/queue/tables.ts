import { sql } from "drizzle-orm";
import { foreignKey, index, integer, pgTable, primaryKey, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { instant } from "../instant-column.ts";
import { communes, dossiers } from "../tables.ts";

export const TICKET_STATES = ["WAITING", "CALLED", "DONE", "ABSENT"] as const;
export type TicketState = (typeof TICKET_STATES)[number];

/** Queue tickets (phiếu số thứ tự) of offices. */
export const tickets = pgTable(
  "tickets",
  {
    id: uuid("id").primaryKey(),
    communeList: text("commune_list").notNull(),
    /** Commune code of the office. */
    office: text("office").notNull(),
    /** Legal day in Viet Nam. */
    day: text("day").notNull(),
    number: integer("number").notNull(),
    /** Code of a priority group; null for everybody else. */
    priority: text("priority"),
    personalId: text("personal_id"),
    state: text("state").$type<TicketState>().notNull().default("WAITING"),
    /** Subject of the caller who took it. Owner and idempotency key identify a repeated request. */
    owner: text("owner").notNull(),
    idempotencyKey: text("idempotency_key").notNull(),
    bodyHash: text("body_hash").notNull(),
    /** Business time. */
    takenAt: instant("taken_at").notNull(),
    calledAt: instant("called_at"),
    endedAt: instant("ended_at"),
    /** Counter to which it was called, with the clerk's subject and idempotency key. */
    counter: text("counter"),
    calledBy: text("called_by"),
    callKey: text("call_key"),
  },
  (t) => [
    unique("tickets_number").on(t.office, t.day, t.number),
    unique("tickets_owner_key").on(t.owner, t.idempotencyKey),
    unique("tickets_call_key").on(t.calledBy, t.callKey),
    uniqueIndex("tickets_counter_busy").on(t.office, t.day, t.counter).where(sql`${t.state} = 'CALLED'`),
    uniqueIndex("tickets_one_for_person")
      .on(t.office, t.day, t.personalId)
      .where(sql`${t.state} in ('WAITING', 'CALLED')`),
    foreignKey({
      name: "tickets_office",
      columns: [t.communeList, t.office],
      foreignColumns: [communes.list, communes.code],
    }),
  ],
);

/** Last number of an office's day. It commits with the ticket, so the series has no gap. */
export const ticketCounters = pgTable(
  "ticket_counters",
  { office: text("office").notNull(), day: text("day").notNull(), last: integer("last").notNull() },
  (t) => [primaryKey({ columns: [t.office, t.day] })],
);

/** Dossiers that were submitted for a ticket. */
export const ticketDossiers = pgTable(
  "ticket_dossiers",
  {
    dossierId: uuid("dossier_id")
      .primaryKey()
      .references(() => dossiers.id),
    ticketId: uuid("ticket_id")
      .notNull()
      .references(() => tickets.id),
  },
  (t) => [index("ticket_dossiers_by_ticket").on(t.ticketId)],
);
