import { index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { instant } from "../instant-column.ts";
import { dossiers } from "../tables.ts";

/** Answer codes that messages carry: six digits with which a supplement is answered without an account. */
export const answerCodes = pgTable(
  "answer_codes",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    dossierId: uuid("dossier_id")
      .notNull()
      .references(() => dossiers.id),
    /** Delivery of the message that carries it; one that is sent again carries a new code in place of this one. */
    deliveryId: uuid("delivery_id").notNull().unique(),
    /** Supplement that it answers: see `OpenSupplement.key`. */
    supplement: text("supplement").notNull(),
    salt: text("salt").notNull(),
    hash: text("hash").notNull(),
    /** Wrong attempts at the codes of the dossier since it was made. */
    wrong: integer("wrong").notNull().default(0),
    /** Business time. */
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [index("answer_codes_of_dossier").on(t.dossierId), index("answer_codes_expired").on(t.expiresAt)],
);
