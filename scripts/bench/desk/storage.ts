import postgres from "postgres";
import type { SubgraphName } from "../../../subgraphs/agency-registry.ts";
import type { Figure } from "../../figures/recorded-figures.ts";
import { table } from "../figures.ts";
import { type AdministratorUrls, administratorUrls, loadDossiers } from "../loader.ts";
import { finishedBundle } from "../originals.ts";
import type { Store } from "./year.ts";

const TARGET_BYTES = 7_000;
/** Bytes of the tables and indexes that grow with each dossier, by database and table. */
type Sizes = Map<string, { bytes: number; indexes: Map<string, number> }>;
const ACCESS_LOG = /\.access_log/;
const MESSAGES = /^one-stop\.message/;
/** Counts of a day, not of a dossier: their growth is the former versions of a few rows, which the next vacuum frees. */
const COUNTS = /^one-stop\.((province_)?figures|handled_|open_work)/;

/**
 * Bytes of a finished 3-in-1 request in all databases together, by table and index: the growth of every relation by copies of
 * one, divided by their number, without the counts of a day. Two lines are separate: the access log, which grows with requests and not with dossiers, and the
 * messages, which the desk makes of the copies' changes while they are loaded, of some sooner than of others.
 */
export async function storage({ system, people, dossiers }: Store, say: (line: string) => void): Promise<Figure[]> {
  say(`Storage: ${dossiers} finished 3-in-1 requests in all databases together`);
  const urls = administratorUrls(system.adminUrl);
  const original = await finishedBundle(system, people.desks);
  await vacuum(urls);
  const [before, told] = [await sizes(urls), await messages(urls)];
  await loadDossiers(urls, dossiers, () => original, { say });
  const [after, toldSince] = [await sizes(urls), (await messages(urls)) - told];
  const rows: [string, number, number, string][] = [];
  for (const [name, { bytes, indexes }] of after) {
    const old = before.get(name);
    const grown = [...indexes].map(
      ([index, size]) => [index, (size - (old?.indexes.get(index) ?? 0)) / dossiers] as const,
    );
    const own = (bytes - (old?.bytes ?? 0)) / dossiers;
    const all = grown.reduce((sum, [, size]) => sum + size, 0);
    const largest = grown.filter(([, size]) => size >= 1).sort((a, b) => b[1] - a[1]);
    if (own + all >= 1)
      rows.push([name, own, all, largest.map(([index, size]) => `${index} ${Math.round(size)}`).join(", ")]);
  }
  rows.sort((a, b) => b[1] + b[2] - a[1] - a[2]);
  say(
    table([
      ["table", "rows", "indexes", "of these"],
      ...rows.map(([name, own, all, of]) => [name, Math.round(own), Math.round(all), of]),
    ]),
  );
  const sum = (some: typeof rows) => Math.round(some.reduce((total, [, own, all]) => total + own + all, 0));
  const log = rows.filter(([name]) => ACCESS_LOG.test(name));
  const apart = [ACCESS_LOG, MESSAGES, COUNTS];
  const kept = rows.filter(([name]) => !apart.some((each) => each.test(name)));
  const total = sum(kept);
  const message = Math.round((sum(rows.filter(([name]) => MESSAGES.test(name))) * dossiers) / toldSince);
  say(
    `  ${total} bytes (target at most ${TARGET_BYTES})  ${total <= TARGET_BYTES ? "reached" : "NOT reached"}; access log ${sum(log)} more, each message with its delivery ${message}`,
  );
  const parts = kept.slice(0, 8).map(([name, own, all]) => `${name} ${Math.round(own)} + ${Math.round(all)}`);
  return [
    {
      what: "bytes of a finished 3-in-1 request in all databases together",
      measured: `${total}, of which rows + indexes: ${parts.join(", ")}`,
      ...{ target: `at most ${TARGET_BYTES}`, reached: total <= TARGET_BYTES },
    },
    { what: "bytes of its changes in the access logs", measured: String(sum(log)) },
    { what: "bytes of a message to its declarant with the delivery, of which it has two", measured: String(message) },
  ];
}

/** Makes the maps of free space that every table gets at its first vacuum. */
async function vacuum(urls: AdministratorUrls): Promise<void> {
  for (const url of Object.values(urls)) {
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    await sql`vacuum`;
    await sql.end();
  }
}

/** Number of messages to declarants. */
async function messages({ "one-stop": url }: AdministratorUrls): Promise<number> {
  const sql = postgres(url, { max: 1 });
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count from messages`;
  await sql.end();
  return row?.count ?? 0;
}

async function sizes(urls: AdministratorUrls): Promise<Sizes> {
  const all: Sizes = new Map();
  for (const [database, url] of Object.entries(urls) as [SubgraphName, string][]) {
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    const rows = await sql<{ table: string; index: string | null; bytes: string }[]>`
      select t.relname as table, null as index, pg_table_size(t.oid) as bytes from pg_class t
       where t.relnamespace = 'public'::regnamespace and t.relkind = 'r'
      union all
      select t.relname, i.relname, pg_relation_size(i.oid) from pg_index x
        join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
       where t.relnamespace = 'public'::regnamespace and t.relkind = 'r'`;
    await sql.end();
    for (const { table: name, index, bytes } of rows) {
      const key = `${database}.${name}`;
      const known = all.get(key) ?? { bytes: 0, indexes: new Map<string, number>() };
      all.set(key, known);
      if (index === null) known.bytes = Number(bytes);
      else known.indexes.set(index, Number(bytes));
    }
  }
  return all;
}
