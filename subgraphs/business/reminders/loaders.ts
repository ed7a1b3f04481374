import DataLoader from "dataloader";
import { and, asc, eq, inArray } from "drizzle-orm";
import type { LegalDay } from "../../_shared/reference/days.ts";
import type { Context } from "../../_shared/serving/context.ts";
import { expiryReminders } from "./tables.ts";

/** Term of a licence; its reminder has a round for each time it was found. */
type Term = { licenceId: string; expiresOn: LegalDay | null };
const keyOf = ({ licenceId, expiresOn }: Term) => `${licenceId}/${expiresOn}`;

export function reminderLoaders({ db }: Pick<Context, "db">) {
  const { entryId, expiresOn: lastDay, state, foundOn, round } = expiryReminders;
  return {
    /** Day on which the reminder of each term was entered, in its last round. */
    reminderDay: new DataLoader<Term, LegalDay | null, string>(
      async (terms) => {
        const rows = await db
          .select({ licenceId: entryId, expiresOn: lastDay, foundOn })
          .from(expiryReminders)
          .where(
            and(
              inArray(entryId, [...new Set(terms.map(({ licenceId }) => licenceId))]),
              inArray(lastDay, [...new Set(terms.flatMap(({ expiresOn }) => expiresOn ?? []))]),
              eq(state, "DUE"),
            ),
          )
          .orderBy(asc(round)); // the last one stays in the map
        const days = new Map(rows.map((row) => [keyOf(row), row.foundOn]));
        return terms.map((term) => days.get(keyOf(term)) ?? null);
      },
      { cacheKeyFn: keyOf },
    ),
  };
}
