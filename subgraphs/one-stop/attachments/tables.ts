import { pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { dossiers } from "../tables.ts";

/** Attachments of dossiers: papers at the submission, and answers to supplements. */
export const dossierAttachments = pgTable(
  "dossier_attachments",
  {
    /** `sha256:` and the digest of the content. */
    attachment: text("attachment").notNull(),
    dossierId: uuid("dossier_id")
      .notNull()
      .references(() => dossiers.id),
  },
  (t) => [primaryKey({ columns: [t.attachment, t.dossierId] })],
);
