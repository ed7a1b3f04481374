import DataLoader from "dataloader";
import { and, count, desc, eq, type SQL, sql } from "drizzle-orm";
import type { Caller } from "../../_shared/identity/caller.ts";
import type { Context } from "../../_shared/serving/context.ts";
import type { Database } from "../../_shared/serving/database.ts";
import { MOST_COUNTED_ROWS, type Total, totalOf } from "../paging/counting.ts";
import { visibleDossiers } from "../rights.ts";
import { dossiers } from "../tables.ts";
import { followingNewest, pageOfNewest, rowsOfPage } from "./dossier-pages.ts";
import { hasPartyOf } from "./parties.ts";
import type { DossierRow } from "./types.ts";

type CitizensPage = { first: number; after: string | null };
type AskedPage = CitizensPage & { personalId: string };
type FoundPage = ReturnType<typeof pageOfNewest>;

export function citizensDossierLoaders({ db, caller }: Pick<Context, "db" | "caller">) {
  return {
    /** Dossiers of each citizen that the caller may see, newest first: a page of them. */
    dossiersByCitizen: new DataLoader<AskedPage, FoundPage, string>(
      async (asked) => {
        const pages = new Map<string, AskedPage[]>();
        for (const each of asked) pages.set(pageKey(each), [...(pages.get(pageKey(each)) ?? []), each]);
        const found = await Promise.all([...pages.values()].map((group) => pagesOf(db, caller, group)));
        const byKey = new Map(found.flat());
        return asked.map((each) => byKey.get(keyOf(each)) ?? pageOfNewest([], each.first));
      },
      { cacheKeyFn: keyOf },
    ),
    /** Number of the dossiers of each citizen that the caller may see. */
    dossierTotalByCitizen: new DataLoader<string, Total>(async (ids) => {
      const totals = await totalsOfCitizens(db, caller, ids);
      return ids.map((id) => totals.get(id) ?? totalOf(0));
    }),
  };
}

const pageKey = ({ first, after }: CitizensPage) => JSON.stringify([first, after]);
const keyOf = ({ personalId, first, after }: AskedPage) => JSON.stringify([personalId, first, after]);

/** Pages that begin after the same cursor and have the same size. */
async function pagesOf(db: Database, caller: Caller, asked: readonly AskedPage[]): Promise<[string, FoundPage][]> {
  const [{ first, after } = { first: 1, after: null }] = asked;
  const numbers = asked.map(({ personalId }) => personalId);
  const rows = await dossiersOfCitizens(db, caller, numbers, { first, after });
  return asked.map((each) => [keyOf(each), pageOfNewest(rows.get(each.personalId) ?? [], first)]);
}

/**
 * Dossiers of citizens that the caller may see, newest first, by personal number: one more than the page has, where there are more. One
 * statement looks each citizen up by the index of parties.
 */
export async function dossiersOfCitizens(
  db: Database,
  caller: Caller,
  personalIds: readonly string[],
  { first, after }: CitizensPage,
): Promise<Map<string, DossierRow[]>> {
  const own = and(hasPartyOf(CITIZEN), visibleDossiers(caller), followingNewest(after));
  const shown = db
    .select({ id: dossiers.id })
    .from(dossiers)
    .where(own)
    // sorted as rows, in which no index is ordered: PostgreSQL would else look through all dossiers
    .orderBy(desc(sql`(${dossiers.receivedAt}, ${dossiers.id})`))
    .limit(rowsOfPage(first))
    .as("shown");
  const rows = await db
    .select({ citizen: sql<string>`${CITIZEN}`, dossier: dossiers })
    .from(asked(personalIds))
    .crossJoinLateral(shown)
    .innerJoin(dossiers, eq(dossiers.id, shown.id))
    .orderBy(desc(dossiers.receivedAt), desc(dossiers.id));
  const found = new Map<string, DossierRow[]>();
  for (const { citizen, dossier } of rows) found.set(citizen, [...(found.get(citizen) ?? []), dossier]);
  return found;
}

async function totalsOfCitizens(
  db: Database,
  caller: Caller,
  personalIds: readonly string[],
): Promise<Map<string, Total>> {
  const own = db
    .select({ id: dossiers.id })
    .from(dossiers)
    .where(and(hasPartyOf(CITIZEN), visibleDossiers(caller)))
    .limit(MOST_COUNTED_ROWS)
    .as("own");
  const rows = await db
    .select({ citizen: sql<string>`${CITIZEN}`, all: count() })
    .from(asked(personalIds))
    .crossJoinLateral(own)
    .groupBy(CITIZEN);
  return new Map(rows.map(({ citizen, all }) => [citizen, totalOf(all)]));
}

/** Column of `asked`. */
const CITIZEN = sql`asked.citizen`;

function asked(personalIds: readonly string[]): SQL {
  const rows = personalIds.map((personalId) => sql`(${personalId}::text)`);
  return sql`(values ${sql.join(rows, sql`, `)}) as asked(citizen)`;
}
