import type postgres from "postgres";
import type { LegalDay } from "../reference/days.ts";
import type { Database } from "../serving/database.ts";

/** Facts of an entry whose renewal is due, as the one-stop desk tells and lists them. */
export type DueEntry = {
  /** Person whom the entry concerns. */
  holder: string;
  /** Last day of its present term: a reminder of an earlier one is no longer told. */
  expiresOn: LegalDay;
  /** Persons who are told: the first one whom the desk can reach. */
  people: string[];
  /** Last day on which the renewal is requested in time. */
  requestBy: LegalDay;
  /** Commune of the entry; null where it has none. */
  commune: string | null;
  /** Facts with which the dossier of a renewal begins, in a shape that the desk knows by the agency. */
  facts: Readonly<Record<string, unknown>>;
};

/** States of a reminder at its agency: its term is still that of the entry, or why it is not. */
export const termStates = ["DUE", "RENEWED", "SUPERSEDED", "CLOSED"] as const;
export type TermState = (typeof termStates)[number];

/** Days after the end of a term for which its reminder is listed and a late renewal is noticed. Assumed: no law states it. */
export const LISTED_AFTER_END_DAYS = 30;

/** Entries of a register that have a term. */
export type ExpirySource = {
  /** Rows `entry_id`, `expires_on`, `renew_by` of entries whose renewal is due on a day and whose term is not over; by an index. */
  due(tx: postgres.TransactionSql, day: LegalDay): postgres.PendingQuery<postgres.Row[]>;
  /**
   * Rows `entry_id`, `expires_on`, `state` of the reminders among `open`, which has the first two columns, whose entry has another
   * term by now or none. The state tells why: RENEWED by a longer term, SUPERSEDED by another fact, CLOSED before its end.
   */
  ended(
    tx: postgres.TransactionSql,
    open: postgres.PendingQuery<postgres.Row[]>,
  ): postgres.PendingQuery<postgres.Row[]>;
  /**
   * Rows with the ids of the entries that were changed since an instant of the database's clock, by an index. Without it, each look
   * compares all open reminders, and the first of a day those that have ended.
   */
  changedSince?(tx: postgres.TransactionSql, instant: Date): postgres.PendingQuery<postgres.Row[]>;
  /** Facts of entries by their ids. An entry of which nobody can be told is left out. */
  describe(db: Database, entryIds: readonly string[]): Promise<ReadonlyMap<string, DueEntry>>;
};
