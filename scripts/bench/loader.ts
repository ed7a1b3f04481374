import { once } from "node:events";
import postgres from "postgres";
import { syntheticName } from "../../subgraphs/_shared/demo/population-names.ts";
import { seededRandom } from "../../subgraphs/_shared/demo/population-random.ts";
import { allCommunes } from "../../subgraphs/_shared/reference/communes.ts";
import { officeAgencyCode } from "../../subgraphs/_shared/reference/offices.ts";
import { type SubgraphName, subgraphs } from "../../subgraphs/agency-registry.ts";
import { storedKey } from "../../subgraphs/one-stop/acceptance/duplicate-keys.ts";
import { afterRow } from "../../subgraphs/one-stop/changes/position.ts";
import { searchWords } from "../../subgraphs/one-stop/dossiers/search.ts";
import { databaseName } from "../postgres/databases.ts";
import { postponeIndexes } from "./postponed-indexes.ts";
import { copiedRow, type DossierTemplate } from "./row-templates.ts";

/** Small enough that the garbage collector does not copy the lines of a chunk again and again. */
const CHUNK = 1_000;
const BETWEEN_REPORTS = 50_000;
/** Comment of the table of dossiers after a complete load, before the number of dossiers. */
const LOADED = "Loaded for a bench: ";
const COPY_PATIENCE_MS = 300_000;
const PROVINCE = "92";
const OFFICES = allCommunes().filter(({ province }) => province === PROVINCE);
/** In a year, 1.5 million dossiers. */
const BETWEEN_RECEIPTS_MS = 21_000;

/** A real dossier to copy: its rows, and the texts of them by meaning. */
export type Original = DossierTemplate & {
  code: string;
  receivedAt: Date;
  applicantName: string;
  subjectName: string | null;
  phone: string;
  office: string;
  cardNumber?: string | undefined;
  birthNotice?: string | undefined;
};

/** Office of the n-th loaded dossier: those of one province in turn. */
export const loadedOffice = (n: number) => OFFICES[n % OFFICES.length]?.code ?? "";
/** Code of the n-th loaded dossier. The first is the newest. */
export const loadedCode = (n: number) => `${officeAgencyCode(loadedOffice(n))}-260101-${String(n).padStart(7, "0")}`;
/** Phone of the n-th loaded dossier's applicant. */
export const loadedPhone = (n: number) => `09${String((n * 7_919) % 100_000_000).padStart(8, "0")}`;
/** Applicant of the n-th loaded dossier; synthetic, by the number alone. */
export const loadedApplicant = (n: number) => syntheticName("Kinh", n % 2 === 0 ? "FEMALE" : "MALE", seededRandom(n));
const loadedSubject = (n: number) => syntheticName("Kinh", n % 2 === 0 ? "MALE" : "FEMALE", seededRandom(n ^ 0x5a5a5a));

/** Addresses of the agencies' databases for the administrator, who may load without triggers. */
export type AdministratorUrls = Record<SubgraphName, string>;
type LoadedDatabases = Pick<AdministratorUrls, "one-stop"> & Partial<AdministratorUrls>;

export function administratorUrls(adminUrl: string): AdministratorUrls {
  const urlOf = (name: SubgraphName) => {
    const url = new URL(adminUrl);
    url.pathname = `/${databaseName(name)}`;
    return url.href;
  };
  // the keys of the list are exactly the key type
  return Object.fromEntries(subgraphs.map(({ name }) => [name, urlOf(name)])) as AdministratorUrls;
}

const connect = (url: string) => postgres(url, { max: 1, onnotice: () => {} });

/** Number of the dossiers of a complete load in these databases; null after one that was interrupted, and 0 before any. */
export async function loadedSoFar(urls: AdministratorUrls): Promise<number | null> {
  const sql = connect(urls["one-stop"]);
  const [row] = await sql<{ complete: string | null; any: boolean }[]>`
    select obj_description('dossiers'::regclass) as complete,
           exists (select from dossiers where idempotency_key like 'load-%') as any`;
  await sql.end();
  if (row?.complete?.startsWith(LOADED)) return Number(row.complete.slice(LOADED.length));
  return row?.any ? null : 0;
}

/**
 * Vacuums, as autovacuum does, and reads every table and index once, so that a bench measures neither the first minutes after a load
 * nor cold disk reads.
 */
export async function warmUp(urls: AdministratorUrls): Promise<void> {
  for (const url of Object.values(urls)) {
    const sql = connect(url);
    await sql`vacuum analyze`;
    await sql`create extension if not exists pg_prewarm`;
    await sql`select pg_prewarm(oid, 'read') from pg_class where relkind in ('r', 'i') and relnamespace = 'public'::regnamespace`;
    await sql.end();
  }
}

/**
 * Loads copies of real dossiers with other ids, codes, names, numbers, offices and times, the oldest first. `originalOf` says
 * which dossier the n-th is a copy of; the same numbers make the same rows.
 *
 * @param betweenReceiptsMs time between the receipts of two dossiers
 * @param indexesLater true to build the indexes of dossiers that no constraint needs after the rows: faster for a whole year,
 *   but smaller than they grow in use
 */
export async function loadDossiers(
  urls: LoadedDatabases,
  dossiers: number,
  originalOf: (n: number) => Original,
  {
    say,
    betweenReceiptsMs = BETWEEN_RECEIPTS_MS,
    indexesLater = false,
  }: { say: (line: string) => void; betweenReceiptsMs?: number; indexesLater?: boolean },
): Promise<void> {
  const build = indexesLater ? await postponeIndexes(urls["one-stop"]) : async () => undefined;
  const connections = new Map(Object.entries(urls).map(([name, url]) => [name as SubgraphName, connect(url)]));
  const newest = Date.now();
  const oldest = new Date(newest - dossiers * betweenReceiptsMs);
  await Promise.all([...connections].map(([name, sql]) => addAccessPartitions(sql, databaseName(name), oldest)));
  const started = performance.now();
  for (let to = dossiers; to >= 1; to -= CHUNK) {
    const from = Math.max(1, to - CHUNK + 1);
    const lines: Lines = new Map();
    for (let n = to; n >= from; n--)
      copyInto(lines, originalOf(n), n, {
        receivedAt: newest - n * betweenReceiptsMs,
        enteredAt: newest + dossiers - n,
      });
    await Promise.all([...connections].map(([name, sql]) => copyIn(sql, lines.get(name) ?? new Map())));
    const done = dossiers - from + 1;
    const rate = done / ((performance.now() - started) / 1_000);
    if (done % BETWEEN_REPORTS === 0 || from === 1)
      say(`  loaded ${done} of ${dossiers} dossiers, ${Math.round(rate)}/s, ${Math.round((from - 1) / rate)} s left`);
  }
  say("  building indexes and statistics");
  await build();
  for (const sql of connections.values()) {
    await sql.unsafe("vacuum analyze");
    await sql.unsafe("checkpoint");
  }
  await connections.get("one-stop")?.unsafe(`comment on table dossiers is '${LOADED}${dossiers}'`);
  for (const sql of connections.values()) await sql.end();
}

/** Moves the consumers of the stream of changes behind the loaded changes. The desk must be down. */
export async function passLoadedChanges(url: string): Promise<void> {
  const sql = connect(url);
  await sql`update change_consumers set "row" = (select max(id) from history), place = ${afterRow(0).place}`;
  await sql`update change_stream set settled = (select max(id) from history)`;
  await sql.end();
}

/** Creates the partitions of the access log from an instant on; an agency itself makes those of the present months alone. */
async function addAccessPartitions(sql: postgres.Sql, owner: string, from: Date): Promise<void> {
  const months = await sql<{ name: string; from: string; to: string }[]>`
    select 'access_log_' || to_char(m, 'YYYY_MM') as name, to_char(m, 'YYYY-MM-DD') as from,
           to_char(m + interval '1 month', 'YYYY-MM-DD') as to
      from generate_series(date_trunc('month', ${from}::timestamptz), now(), interval '1 month') m`;
  for (const month of months) {
    await sql.unsafe(`create table if not exists ${month.name} partition of access_log
      for values from ('${month.from}') to ('${month.to}')`);
    await sql.unsafe(`alter table ${month.name} owner to ${owner}`);
  }
}

/** Lines for COPY by database and by target, which is the table with its columns. */
type Lines = Map<SubgraphName, Map<string, string[]>>;

/** Milliseconds since 1970. Ids are those of `enteredAt`: as in use, each new entry has the greatest, also where the demo has entries. */
type Times = { receivedAt: number; enteredAt: number };

function copyInto(lines: Lines, original: Original, n: number, times: Times): void {
  const values = valuesOf(original, n, times);
  const columns = columnsOf(original, n);
  for (const template of original.tables) {
    const { database, table, target } = template;
    const tables = lines.get(database) ?? new Map<string, string[]>();
    lines.set(database, tables);
    const rows = tables.get(target) ?? [];
    tables.set(target, rows);
    for (const row of template.rows) rows.push(copiedRow(template, row, values, columns[table] ?? {}));
  }
}

/** Texts of the n-th copy in place of those that the template was cut at. */
function valuesOf(original: Original, n: number, { receivedAt, enteredAt }: Times): string[] {
  const shift = receivedAt - original.receivedAt.getTime();
  const serial = (digits: number) => String(ascending(n) % 10 ** digits).padStart(digits, "0");
  const named = new Map([
    [original.code, loadedCode(n)],
    [original.applicantName, loadedApplicant(n)],
    [original.subjectName ?? "", loadedSubject(n)],
    [original.phone, loadedPhone(n)],
    ...["clerk", "registrar"].map((persona): [string, string] => [
      `demo:${persona}:${original.office}`,
      `demo:${persona}:${loadedOffice(n)}`,
    ]),
    [original.cardNumber ?? "", `TE1921${scattered(n)}`],
    [original.birthNotice ?? "", `${serial(5)}.GCS.${60_000 + Math.floor(ascending(n) / 100_000)}.26`],
  ]);
  return original.replaced.map(({ text, kind }, at) => {
    if (kind === "ORDERED_ID") return idOf(enteredAt, n, at);
    if (kind === "ID") return storedKey(`${n} ${at}`);
    if (kind === "INSTANT") return new Date(Date.parse(text.replace(/\+00$/, "Z")) + shift).toISOString();
    return named.get(text) ?? `0${String(10 + at).slice(-2)}${scattered(n)}`;
  });
}

/** Numbers that are given out one after the other grow with time, while the first copy is the newest. */
const ascending = (n: number) => 10_000_000 - n;

/** Nine digits in no order, as personal numbers come, each once: 3^18 has no divisor in common with 10^9. */
const scattered = (n: number) => String((n * 3 ** 18) % 10 ** 9).padStart(9, "0");

/** UUID version 7 of a copy: like those of real rows, it grows with time. */
function idOf(at: number, n: number, place: number): string {
  const time = at.toString(16).padStart(12, "0");
  const tail = (n * 64 + place).toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${(n & 0xfff).toString(16).padStart(3, "0")}-8000-${tail}`;
}

/** Columns of the n-th copy that are replaced as a whole, by table. */
function columnsOf(original: Original, n: number): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const office = loadedOffice(n);
  const phone = loadedPhone(n);
  const names = [loadedApplicant(n), original.subjectName === null ? null : loadedSubject(n)];
  const words = searchWords({ names, phone });
  return {
    dossiers: {
      ...{ office, province: PROVINCE, idempotency_key: `load-${n}` },
      ...{ phone_last4: phone.slice(-4), search_words: words },
    },
    steps: { office },
    acts: { office, idempotency_key: `load-${n}` },
    birth_numbers: { number: String(ascending(n)) },
    births: { office },
    persons: { office },
    residencies: { office },
    cards: { office },
  };
}

async function copyIn(sql: postgres.Sql, tables: ReadonlyMap<string, string[]>): Promise<void> {
  if (tables.size === 0) return;
  await sql.begin(async (tx) => {
    await tx.unsafe("set local session_replication_role = replica; set local synchronous_commit = off");
    for (const [target, rows] of tables) {
      const stream = await tx.unsafe(`copy ${target} from stdin`).writable();
      stream.end(rows.join(""));
      // the driver forgets the stream when it has sent the last row, and an error after that with it
      await once(stream, "finish", { signal: AbortSignal.timeout(COPY_PATIENCE_MS) });
    }
  });
}
