import DataLoader from "dataloader";
import { and, eq, inArray } from "drizzle-orm";
import type { LegalDay } from "../../_shared/reference/days.ts";
import type { Context } from "../../_shared/serving/context.ts";
import { expiryReminders } from "./tables.ts";

/** Term of a licence, of which there is one reminder at most. */
type Term = { licenceId: string; expiresOn: LegalDay | null };
const keyOf = ({ licenceId, expiresOn }: Term) => `${licenceId}/${expiresOn}`;

export function reminderLoaders({ db }: Pick<Context, "db">) {
  return {
    /** Day on which the reminder of each term was entered. */
    reminderDay: new DataLoader<Term, LegalDay | null, string>(
      async (terms) => {
        const rows = await db
          .select()
          .from(expiryReminders)
          .where(
            and(
              inArray(expiryReminders.entryId, [...new Set(terms.map(({ licenceId }) => licenceId))]),
              eq(expiryReminders.state, "DUE"),
            ),
          );
        const days = new Map(rows.map(({ entryId, ...row }) => [keyOf({ ...row, licenceId: entryId }), row.foundOn]));
        return terms.map((term) => days.get(keyOf(term)) ?? null);
      },
      { cacheKeyFn: keyOf },
    ),
  };
}
