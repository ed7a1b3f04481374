import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { instant } from "../instant-column.ts";
import { dossiers } from "../tables.ts";
import type { DraftKind } from "./draft-kinds.ts";

/** Drafts of dossiers, found by a short code. A submitted draft refers to its dossier and has no content. */
export const drafts = pgTable(
  "drafts",
  {
    code: text("code").primaryKey(),
    /** Subject of the caller who created it. Owner and idempotency key identify a repeated request. */
    owner: text("owner").notNull(),
    idempotencyKey: text("idempotency_key").notNull(),
    bodyHash: text("body_hash").notNull(),
    kind: text("kind").$type<DraftKind>().notNull(),
    /** The client's input, which may be incomplete. */
    content: jsonb("content").$type<object>(),
    /** Digest of the content, by which a repeated replacement is recognised. */
    contentHash: text("content_hash").notNull(),
    /** Personal number of the declarant in the content, who may open the draft. */
    declarantPersonalId: text("declarant_personal_id"),
    revision: integer("revision").notNull().default(1),
    /** Business time. */
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    dossierId: uuid("dossier_id")
      .unique()
      .references(() => dossiers.id),
  },
  (t) => [
    unique("drafts_owner_key").on(t.owner, t.idempotencyKey),
    check("drafts_end", sql`(${t.dossierId} is null) = (${t.content} is not null)`),
    index("drafts_expiry").on(t.expiresAt).where(sql`${t.dossierId} is null`),
  ],
);

/** Wrong draft codes of each caller within an hour. */
export const draftAttempts = pgTable("draft_attempts", {
  subject: text("subject").primaryKey(),
  wrong: integer("wrong").notNull(),
  /** Begin of the hour, by the database's clock. */
  since: instant("since").notNull(),
});
