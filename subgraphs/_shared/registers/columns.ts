import { date, integer, text, timestamp } from "drizzle-orm/pg-core";
import { type Caller, DESK_SERVICE } from "../identity/caller.ts";
import type { LegalDay } from "../reference/days.ts";

const validity = () => ({
  version: integer("version").notNull().default(1),
  validFrom: date("valid_from").$type<LegalDay>().notNull(),
  validTo: date("valid_to").$type<LegalDay>(),
  recordedAt: timestamp("recorded_at", { withTimezone: true, mode: "date" }).notNull().defaultNow(),
});

/** Columns of every version of a register entry: its validity, and when, by whom and on what ground it was entered. */
export const versionColumns = () => ({
  ...validity(),
  /** Author of the entry: `service:…`, an officer's subject, or `seed`. */
  recordedBy: text("recorded_by").notNull(),
  /** Dossier code or legal act. */
  ground: text("ground").notNull(),
});

/** The same for entries that come by dossiers, which are nearly all entered alike: see `enteredFor`. */
export const dossierVersionColumns = () => ({
  ...validity(),
  /** Author of the entry: an officer's subject, or `seed`; null for the desk's service. */
  recordedBy: text("recorded_by"),
  /** Dossier code or legal act; null for the dossier of the entry's head. */
  ground: text("ground"),
});

/** Author and ground of a version as it is stored. `head` is the entry's head, `dossier` the one by which the version came. */
export function enteredFor(by: Caller, dossier: string, head: { dossier: string | null }) {
  return {
    recordedBy: by.subject === DESK_SERVICE ? null : by.subject,
    ground: dossier === head.dossier ? null : dossier,
  };
}

/** Dossier of an entry and its receiving office, on which rights by row depend. Null for older entries. */
export const provenanceColumns = () => ({
  dossier: text("dossier"),
  /** Commune code of the receiving office. */
  office: text("office"),
  /** Province code of that office. */
  officeProvince: text("office_province"),
});
