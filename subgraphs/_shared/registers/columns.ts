import { date, integer, text, timestamp } from "drizzle-orm/pg-core";
import type { LegalDay } from "../reference/days.ts";

/** Columns of every version of a register entry: its validity, and when, by whom and on what ground it was entered. */
export const versionColumns = () => ({
  version: integer("version").notNull().default(1),
  validFrom: date("valid_from").$type<LegalDay>().notNull(),
  validTo: date("valid_to").$type<LegalDay>(),
  recordedAt: timestamp("recorded_at", { withTimezone: true, mode: "date" }).notNull().defaultNow(),
  /** Author of the entry: `service:…`, an officer's subject, or `seed`. */
  recordedBy: text("recorded_by").notNull(),
  /** Dossier code or legal act. */
  ground: text("ground").notNull(),
});

/** Dossier of an entry and its receiving office, on which rights by row depend. Null for older entries. */
export const provenanceColumns = () => ({
  dossier: text("dossier"),
  /** Commune code of the receiving office. */
  office: text("office"),
  /** Province code of that office. */
  officeProvince: text("office_province"),
});
