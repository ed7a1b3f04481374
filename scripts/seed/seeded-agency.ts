import { sql as drizzleSql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { CountryCommune } from "../../subgraphs/_shared/demo/country/types.ts";
import { registerNames, tablesOf } from "../../subgraphs/_shared/registers/register.ts";
import { createAppliedSeeds, prepareDatabase } from "../../subgraphs/_shared/serving/preparation.ts";
import type { SubgraphName } from "../../subgraphs/agency-registry.ts";
import { loadDefinition } from "../../subgraphs/load-definition.ts";

/** Database of one agency while a country is entered. */
export type SeededAgency = {
  name: SubgraphName;
  /** True if the register has entries of other origin than this country. */
  hasOtherEntries(country: string): Promise<boolean>;
  /** Records that the country is being entered, so that an interrupted run is known from its beginning. */
  begin(country: string): Promise<void>;
  /** Applies the migrations and the seeds of the demo. */
  prepare(now: Date): Promise<void>;
  /** Enters a commune, unless it has been entered already. */
  enter(country: string, place: CountryCommune): Promise<void>;
  analyze(): Promise<void>;
  close(): Promise<void>;
};

const RETENTION_MONTHS = 24;

/** Opens the database of an agency. Communes that were entered are recorded in `applied_seeds`, as all seeds are. */
export async function openSeededAgency(name: SubgraphName, url: string): Promise<SeededAgency> {
  const definition = await loadDefinition(name);
  // a load that loses its last transactions in a crash continues with them
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { synchronous_commit: "off" } });
  const db = drizzle(sql);
  let known: Set<string> | undefined;

  async function entered(country: string): Promise<Set<string>> {
    const [table] = await sql<{ there: boolean }[]>`select to_regclass('applied_seeds') is not null as there`;
    if (!table?.there) return new Set();
    const rows = await sql<{ name: string }[]>`select name from applied_seeds where starts_with(name, ${country})`;
    return new Set(rows.map((row) => row.name));
  }

  async function hasEntries(table: string): Promise<boolean> {
    const [there] = await sql<{ there: boolean }[]>`select to_regclass(${table}) is not null as there`;
    if (!there?.there) return false;
    const [any] = await sql<{ any: boolean }[]>`select exists (select from ${sql(table)}) as any`;
    return any?.any === true;
  }

  return {
    name,
    async hasOtherEntries(country) {
      if ((await entered(country)).size > 0) return false;
      for (const table of registerNames(tablesOf(definition.tables))) if (await hasEntries(table)) return true;
      return false;
    },
    async begin(country) {
      await createAppliedSeeds(sql);
      await sql`insert into applied_seeds (name) values (${country}) on conflict do nothing`;
    },
    prepare: (now) => prepareDatabase(url, definition, { seeds: true, now, accessRetentionMonths: RETENTION_MONTHS }),
    async enter(country, place) {
      known ??= await entered(country);
      const mark = `${country} ${place.commune.code}`;
      if (known.has(mark)) return;
      await db.transaction(async (tx) => {
        await definition.enterCountry?.(tx, place);
        await tx.execute(drizzleSql`insert into applied_seeds (name) values (${mark})`);
      });
    },
    analyze: async () => void (await sql`vacuum analyze`),
    close: () => sql.end({ timeout: 2 }),
  };
}
