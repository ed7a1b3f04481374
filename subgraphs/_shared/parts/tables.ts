import { jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { PartAnswerState, Refusal, SupplementItem } from "./procedure.ts";

/**
 * What reached the agency from the one-stop desk, one row per part: the part's id is the idempotency key. A row in state
 * CANCELLED that came before its delivery is a tombstone: a late delivery cannot resurrect the part.
 */
export const receivedParts = pgTable("received_parts", {
  partId: uuid("part_id").primaryKey(),
  procedure: text("procedure").notNull(),
  dossier: text("dossier"),
  office: text("office"),
  state: text("state").$type<PartAnswerState>().notNull(),
  resultType: text("result_type"),
  resultId: uuid("result_id"),
  facts: jsonb("facts").$type<Record<string, string>>(),
  refusal: jsonb("refusal").$type<Refusal>(),
  supplement: jsonb("supplement").$type<SupplementItem[]>(),
  /** Why a person must look, for state PROCESSING. */
  verify: text("verify").array(),
  /** What was asked, kept only while the agency has not decided. */
  content: jsonb("content"),
  /** Business time of the decision. */
  decidedAt: timestamp("decided_at", { withTimezone: true, mode: "date" }),
  recordedAt: timestamp("recorded_at", { withTimezone: true, mode: "date" }).notNull().defaultNow(),
});
