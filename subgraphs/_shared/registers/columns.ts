import { date, integer, text, timestamp } from "drizzle-orm/pg-core";
import type { LegalDay } from "../reference/days.ts";

/** What every version of a register entry tells beside its facts: when it holds, when, by whom and on what ground it was entered. */
export const versionColumns = () => ({
  version: integer("version").notNull().default(1),
  validFrom: date("valid_from").$type<LegalDay>().notNull(),
  validTo: date("valid_to").$type<LegalDay>(),
  recordedAt: timestamp("recorded_at", { withTimezone: true, mode: "date" }).notNull().defaultNow(),
  /** Who entered it: `service:…`, an officer's subject, or `seed`. */
  recordedBy: text("recorded_by").notNull(),
  /** Dossier code or legal act. */
  ground: text("ground").notNull(),
});

/** By which dossier an entry came, and who received that dossier: what row-level rights look at. Null for older entries. */
export const provenanceColumns = () => ({
  dossier: text("dossier"),
  /** Commune code of the receiving office. */
  office: text("office"),
  /** Province code of that office. */
  officeProvince: text("office_province"),
});
