import { customType, date, index, integer, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import type { AgencyCode } from "../../agency-registry.ts";
import { instant } from "../instant-column.ts";
import type { RateCode } from "./rate-rules.ts";

/** What parts are counted by; no condition of a query looks at anything else. */
export const cell = () => ({
  office: text("office").notNull(),
  agency: text("agency").$type<AgencyCode>().notNull(),
  procedure: text("procedure").notNull(),
  stepKey: text("step_key").notNull(),
  /** Code of the dossier's procedure or combination. */
  dossierProcedure: text("dossier_procedure").notNull(),
  /** Subject of the officer who has claimed or decided the part; empty for none, and for an agency's own rules. */
  officer: text("officer").notNull(),
  officerName: text("officer_name").notNull(),
});

/**
 * Parts decided on a day, counted by all that a median of their working minutes is asked for. Kept by the consumer of the stream of
 * changes for `HANDLED_DAYS`.
 */
export const handledParts = pgTable(
  "handled_parts",
  {
    ...cell(),
    /** Legal day of the decision, by business time. */
    day: date("day").notNull(),
    /** Working minutes from the beginning of the part's term to its decision, without suspensions. */
    minutes: integer("minutes").notNull(),
    parts: integer("parts").notNull(),
  },
  (t) => [
    primaryKey({
      name: "handled_parts_key",
      columns: [
        t.office,
        t.day,
        t.agency,
        t.procedure,
        t.stepKey,
        t.dossierProcedure,
        t.officer,
        t.officerName,
        t.minutes,
      ],
    }),
    index("handled_parts_day").on(t.day),
  ],
);

/** What handled parts are counted by beside day and minutes, by a short number. Kept for ever: there are as many as officers and steps. */
export const handledCells = pgTable(
  "handled_cells",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    ...cell(),
  },
  (t) => [
    unique("handled_cells_key").on(
      ...[t.office, t.agency, t.procedure, t.stepKey, t.dossierProcedure, t.officer, t.officerName],
    ),
  ],
);

/**
 * Handled parts of an office and day in few bytes, because a query reads those of a whole province and month. For each cell: its id, the
 * count of the different numbers of minutes, and for each of these, in their order, twice its distance from the one before; one more
 * than that where several parts needed as many minutes, and then their number. Made by `pack_handled_parts` of `handled_parts`.
 */
export const handledDays = pgTable(
  "handled_days",
  {
    office: text("office").notNull(),
    day: date("day").notNull(),
    packed: customType<{ data: Uint8Array }>({ dataType: () => "bytea" })("packed").notNull(),
  },
  (t) => [primaryKey({ name: "handled_days_key", columns: [t.office, t.day] })],
);

/** Columns of counts of dossiers by day, procedures and agencies. */
const counts = () => ({
  /** Legal day of the event, by business time. */
  day: date("day").notNull(),
  code: text("code").$type<RateCode>().notNull(),
  /** Code of the dossier's procedure and those of its parts, each after a space but the first. */
  procedures: text("procedures").notNull(),
  /** Agencies of its parts, in the same way. */
  agencies: text("agencies").notNull(),
  denominator: integer("denominator").notNull(),
  numerator: integer("numerator").notNull(),
  /** All that were counted here were received from this instant on and until the other, so that they are found among all dossiers. */
  earliestReceipt: instant("earliest_receipt").notNull(),
  latestReceipt: instant("latest_receipt").notNull(),
});

/**
 * Dossiers that the rates count, by office, day, procedures and agencies. Kept by the consumer of the stream of changes, which counts
 * each event once; nothing else writes them.
 */
export const figures = pgTable(
  "figures",
  { province: text("province").notNull(), office: text("office").notNull(), ...counts() },
  (t) => [primaryKey({ name: "figures_key", columns: [t.office, t.day, t.code, t.procedures, t.agencies] })],
);

/** Sums of `figures` of the offices of each province, so that those of a province need no more rows than those of an office. */
export const provinceFigures = pgTable(
  "province_figures",
  { province: text("province").notNull(), ...counts() },
  (t) => [primaryKey({ name: "province_figures_key", columns: [t.province, t.day, t.code, t.procedures, t.agencies] })],
);
