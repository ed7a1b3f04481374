import { date, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import type { LegalDay } from "../reference/days.ts";
import { register } from "./register.ts";

export type ActsTable<Kind extends string> = ReturnType<typeof actsTable<Kind>>;
export type ActRow<Kind extends string> = ActsTable<Kind>["$inferSelect"];

/** Table of the acts of an agency's officers: who changed what, when and on what ground. One row for each idempotency key. */
export const actsTable = <Kind extends string>() =>
  register(
    pgTable(
      "acts",
      {
        id: uuid("id").primaryKey(),
        kind: text("kind").$type<Kind>().notNull(),
        /** The officer's token subject. */
        owner: text("owner").notNull(),
        role: text("role").notNull(),
        idempotencyKey: text("idempotency_key").notNull(),
        bodyHash: text("body_hash").notNull(),
        /** Day from which the act has effect, by the business clock. */
        effectiveOn: date("effective_on").$type<LegalDay>().notNull(),
        recordedAt: timestamp("recorded_at", { withTimezone: true, mode: "date" }).notNull().defaultNow(),
        /** Document or dossier on which the act rests. */
        ground: text("ground").notNull(),
      },
      (t) => [unique("acts_key").on(t.owner, t.idempotencyKey)],
    ),
  );
