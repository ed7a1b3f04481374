import { jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { packedJson } from "../registers/packed-json.ts";
import type { Likeness } from "./likeness.ts";
import type { PartAnswerState, Refusal, SupplementItem } from "./procedure.ts";

/**
 * Parts that the one-stop desk delivered, one row each: the part's id is the idempotency key. A row in state
 * CANCELLED that came before its delivery is a tombstone: a late delivery cannot resurrect the part.
 */
export const receivedParts = pgTable("received_parts", {
  partId: uuid("part_id").primaryKey(),
  procedure: text("procedure").notNull(),
  dossier: text("dossier"),
  /** Commune code of the receiving office, kept only until the agency has decided, as the content is. */
  office: text("office"),
  state: text("state").$type<PartAnswerState>().notNull(),
  resultType: text("result_type"),
  resultId: uuid("result_id"),
  facts: packedJson<Record<string, string>>("facts"),
  refusal: jsonb("refusal").$type<Refusal>(),
  supplement: jsonb("supplement").$type<SupplementItem[]>(),
  /** Reasons for the review by an officer, for state PROCESSING. */
  verify: text("verify").array(),
  /** Entries of the register to compare the part with. */
  likenesses: jsonb("likenesses").$type<Likeness[]>(),
  /** Content of the request, kept only until the agency has decided. */
  content: jsonb("content"),
  /** Business time of the decision. */
  decidedAt: timestamp("decided_at", { withTimezone: true, mode: "date" }),
  /** Business time of the receipt, by which the law of the part goes; kept only until the agency has decided. */
  recordedAt: timestamp("recorded_at", { withTimezone: true, mode: "date" }).defaultNow(),
});
