import { sql } from "drizzle-orm";
import type { LegalDay } from "../reference/days.ts";
import type { Database } from "../serving/database.ts";
import { badUserInput } from "../serving/errors.ts";
import type { ExpirySource, TermState } from "./source.ts";
import type { FoundReminders } from "./types.ts";

const LARGEST_PAGE = 1_000;

type Row = {
  position: string;
  entryId: string;
  expiresOn: LegalDay;
  state: TermState;
  foundOn: LegalDay;
  /** True for the last row of the reminder: what it is now. */
  isLast: boolean;
};

/**
 * Reminders and their ends after a cursor, in the order in which they were committed. The cursor names a reminder; if the register does
 * not have it there, because a backup was restored, the page begins at the first reminder. @throws BAD_USER_INPUT
 */
export async function foundReminders(
  db: Database,
  source: ExpirySource,
  after: string | null,
  first: number,
): Promise<FoundReminders> {
  if (first < 1 || first > LARGEST_PAGE) throw badUserInput(`first must be between 1 and ${LARGEST_PAGE}`, "first");
  const [, position = "0", entry = null] = /^(\d{1,18})\.([0-9a-f-]{36})$/.exec(after ?? "") ?? [];
  const rows = await db.execute<Row>(sql`
    select position::text, entry_id as "entryId", expires_on::text as "expiresOn", state, found_on::text as "foundOn",
           not exists (select from expiry_reminders e
                        where e.entry_id = r.entry_id and e.expires_on = r.expires_on and e.position > r.position) as "isLast"
      from expiry_reminders r
     where position > coalesce(
       (select position from expiry_reminders where position = ${position}::bigint and entry_id = ${entry}::uuid), 0)
     order by position limit ${first}`);
  const told = rows.filter(({ isLast }) => isLast);
  const due = told.filter(({ state }) => state === "DUE");
  const entries = due.map(({ entryId }) => entryId);
  const described = entries.length > 0 ? await source.describe(db, entries) : new Map();
  const last = rows.at(-1);
  return {
    reminders: due.flatMap(({ entryId, expiresOn, foundOn }) => {
      const entry = described.get(entryId);
      return entry?.expiresOn === expiresOn ? [{ ...entry, entry: entryId, expiresOn, foundOn }] : [];
    }),
    ended: told.flatMap(({ entryId, expiresOn, state, foundOn }) =>
      state === "DUE" ? [] : [{ entry: entryId, expiresOn, state, foundOn }],
    ),
    end: last ? `${last.position}.${last.entryId}` : after,
    hasMore: rows.length === first,
  };
}
