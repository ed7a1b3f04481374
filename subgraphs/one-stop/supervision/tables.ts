import { boolean, integer, pgTable, primaryKey, smallint } from "drizzle-orm/pg-core";
import { cell } from "../figures/tables.ts";
import { instant } from "../instant-column.ts";

/** Numbers of open parts at the time of `open_work_time`. `openWork` adds what has changed since, and `foldOpenWork` writes it here. */
export const openWorkCounts = pgTable(
  "open_work",
  {
    ...cell(),
    open: integer("open").notNull(),
    late: integer("late").notNull(),
    atRisk: integer("at_risk").notNull(),
    dueToday: integer("due_today").notNull(),
  },
  (t) => [
    primaryKey({
      name: "open_work_key",
      columns: [t.office, t.agency, t.procedure, t.stepKey, t.dossierProcedure, t.officer, t.officerName],
    }),
  ],
);

/**
 * Parts that have become open, or are open no more, since the counts were written: one that was changed has two rows. A trigger of
 * `steps` inserts them, and nobody updates them: writers of parts never wait for each other here.
 */
export const openWorkChanges = pgTable("open_work_changes", {
  ...cell(),
  /** False for a part that awaits the citizen, which is neither at risk nor due today. */
  isRunning: boolean("is_running").notNull(),
  /** Time after which the part is late; null for never, as of a part that awaits the citizen and was not late before. */
  lateAfter: instant("late_after"),
  /** 1 for a part that is open from now on, -1 for one that was open as told until now. */
  parts: smallint("parts").notNull(),
});

/** The counts' only row of business times, which may be set back: now, the end of the next 24 hours, the end of the legal day. */
export const openWorkTime = pgTable("open_work_time", {
  only: boolean("only").primaryKey().default(true),
  at: instant("at").notNull(),
  soon: instant("soon").notNull(),
  dayEnd: instant("day_end").notNull(),
});
