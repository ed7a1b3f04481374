import { expect } from "vitest";
import { subgraphs } from "../../subgraphs/agency-registry.ts";
import type { World } from "../world.ts";

/**
 * Tables that reads and refusals may write: the access log, failed tracking attempts, counters that may skip numbers;
 * messages, figures and reminders, which are made of earlier changes; and the lists loaded at the start.
 */
const NOT_THE_REGISTERS =
  /^(access_log.*|tracking_.*|code_counters|messages|message_deliveries|(province_)?figures|handled_\w+|open_work\w*|change_days|\w*reminders|reminder_\w+|communes|care_facilities|procedures)$/;

/** Number of rows in every table of the registers and of the desk. */
async function fingerprint(world: World): Promise<Record<string, number>> {
  const counts = await Promise.all(
    subgraphs.map(async ({ name }) => {
      const sql = world.sql(name);
      const tables = await sql<{ table: string }[]>`
        select relname as table from pg_class
         where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname`;
      const kept = tables.map(({ table }) => table).filter((table) => !NOT_THE_REGISTERS.test(table));
      const each = kept.map((table) => `select '${name}.${table}' as table, count(*)::int as rows from "${table}"`);
      return sql.unsafe<{ table: string; rows: number }[]>(each.join(" union all "));
    }),
  );
  return Object.fromEntries(counts.flat().map(({ table, rows }) => [table, rows]));
}

/** Runs a story that must change no register; a failure names the changed table. */
export async function untouched<T>(world: World, story: () => Promise<T>): Promise<T> {
  const before = await fingerprint(world);
  const told = await story();
  expect(await fingerprint(world)).toEqual(before);
  return told;
}
