import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "../instant-column.ts";

/** Wrong guesses at a dossier's phone number, including guesses for codes that do not exist. */
export const trackingAttempts = pgTable("tracking_attempts", {
  code: text("code").primaryKey(),
  wrong: integer("wrong").notNull(),
  lockedUntil: instant("locked_until"),
});
