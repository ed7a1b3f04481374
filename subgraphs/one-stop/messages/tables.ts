import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { instant } from "../instant-column.ts";
import { expiryReminders } from "../reminders/tables.ts";
import { dossiers } from "../tables.ts";
import type { DeliveryState } from "./deliveries.ts";
import type { MessageKind, MessageLanguage } from "./message-kinds.ts";
import type { ChannelName } from "./routes.ts";

/**
 * Messages to declarants: one for each change that is told. Neither text nor address is kept; both are made at the sending, from the
 * dossier and the citizen's choice.
 */
export const messages = pgTable(
  "messages",
  {
    id: uuid("id").primaryKey(),
    dossierId: uuid("dossier_id")
      .notNull()
      .references(() => dossiers.id),
    /** Number of the history's row that it tells; null for a reminder. */
    change: bigint("change", { mode: "number" }).unique(),
    /** Reminder that it tells, to the declarant of the dossier. */
    reminderId: uuid("reminder_id").references(() => expiryReminders.id),
    kind: text("kind").$type<MessageKind>().notNull(),
    /** Business time of the change. */
    at: instant("at").notNull(),
    /** End of the term of the act that it asks for. Business time. */
    actBy: instant("act_by"),
  },
  (t) => [
    index("messages_of_dossier").on(t.dossierId),
    index("messages_of_reminder").on(t.reminderId).where(sql`${t.reminderId} is not null`),
    check("messages_tell_one", sql`(${t.change} is null) <> (${t.reminderId} is null)`),
  ],
);

/** Deliveries of messages, one for each route. */
export const messageDeliveries = pgTable(
  "message_deliveries",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    messageId: uuid("message_id")
      .notNull()
      .references(() => messages.id),
    /** Channels to try one after the other, such as `smpp>smtp`. */
    route: text("route").notNull(),
    dossierId: uuid("dossier_id").notNull(),
    /** Change of the message: deliveries of a dossier by one route keep the order of its changes; null for a reminder. */
    change: bigint("change", { mode: "number" }),
    state: text("state").$type<DeliveryState>().notNull().default("WAITING"),
    /** Channel that is tried, or that was the last one. */
    channel: text("channel").$type<ChannelName>().notNull(),
    attempts: integer("attempts").notNull().default(0),
    /** Attempts by this channel without success. */
    failures: integer("failures").notNull().default(0),
    /** First refusal for the moment by this channel, by the database's clock. */
    refusedSince: instant("refused_since"),
    /** Time of the next attempt, or the end of the lease of the worker that wrote `fencing_token`. */
    nextAttemptAt: instant("next_attempt_at").defaultNow(),
    fencingToken: bigint("fencing_token", { mode: "number" }).notNull().default(0),
    /** Business time at which the delivery ended. */
    endedAt: instant("ended_at"),
    /** The channel's own number of the message, for its delivery receipt. */
    reference: text("reference"),
    /** Status with which the last channel refused. */
    reason: text("reason"),
    settledAt: instant("settled_at"),
    settledBy: text("settled_by"),
    settledName: text("settled_name"),
    settlement: text("settlement"),
    settledKey: text("settled_key"),
  },
  (t) => [
    unique("message_deliveries_once").on(t.messageId, t.route),
    check("message_deliveries_waiting", sql`(${t.state} = 'WAITING') = (${t.nextAttemptAt} is not null)`),
    check("message_deliveries_settled", sql`(${t.settledAt} is null) = (${t.settlement} is null)`),
    index("message_deliveries_due").on(t.nextAttemptAt).where(sql`${t.state} = 'WAITING'`),
    index("message_deliveries_waiting_of_dossier")
      .on(t.dossierId, t.route, t.change)
      .where(sql`${t.state} = 'WAITING'`),
    index("message_deliveries_reference").on(t.channel, t.reference).where(sql`${t.reference} is not null`),
    // for the removal of old messages
    index("message_deliveries_ended").on(t.endedAt).where(sql`${t.endedAt} is not null`),
    index("message_deliveries_undelivered")
      .on(t.endedAt, t.id)
      .where(sql`${t.state} = 'UNDELIVERED' and ${t.settledAt} is null`),
  ],
);

/** Acts by which persons had undelivered messages sent again. */
export const messageResends = pgTable(
  "message_resends",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    deliveryId: uuid("delivery_id")
      .notNull()
      .references(() => messageDeliveries.id, { onDelete: "cascade" }),
    /** Business time. */
    at: instant("at").notNull(),
    /** Subject of the token. */
    by: text("by").notNull(),
    name: text("name").notNull(),
    idempotencyKey: text("idempotency_key").notNull(),
  },
  (t) => [unique("message_resends_key").on(t.by, t.idempotencyKey), index("message_resends_delivery").on(t.deliveryId)],
);

/** Choices of citizens about their messages. */
export const messageChoices = pgTable("message_choices", {
  /** Personal number; for a declarant without one, and for an answer to an SMS, the phone or the e-mail address. */
  recipient: text("recipient").primaryKey(),
  /** Chosen channels, EMAIL and SMS separated by a comma; null: all. */
  wantedChannels: text("wanted_channels"),
  wantedLanguage: text("wanted_language").$type<MessageLanguage>(),
  /** Business time at which the citizen stopped the messages; null while they are wanted. */
  stoppedAt: instant("stopped_at"),
  changedAt: instant("changed_at").notNull(),
});

/** The only row: secret that seals the tokens of the links with which e-mail is stopped. Made by the migration. */
export const unsubscribeSecret = pgTable("unsubscribe_secret", {
  only: boolean("only").primaryKey().default(true),
  secret: text("secret").notNull(),
});
