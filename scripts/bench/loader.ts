import postgres from "postgres";
import { databaseName } from "../postgres/databases.ts";
import type { Footprint } from "./floor.ts";

const CHUNK = 20_000;
const DATABASES = ["one-stop", "civil-status", "residence", "health-insurance"] as const;
// parents before children, because of the foreign keys
const ORDER = [
  ...["dossiers", "requests", "steps", "history", "births", "birth_versions", "birth_numbers", "citizen_numbers"],
  ...["persons", "person_versions", "residencies", "residency_versions", "cards", "card_versions", "received_parts"],
];

/** Code of the n-th loaded dossier. */
export const loadedCode = (n: number) => `H99.999-260101-${String(n).padStart(7, "0")}`;

/** Number of the last dossier loaded into these databases. */
export async function loadedSoFar(adminUrl: string): Promise<number> {
  const sql = postgres(databaseUrl(adminUrl, "one-stop"), { max: 1 });
  try {
    const [row] = await sql<{ last: number }[]>`
      select coalesce(max(right(code, 7)::int), 0) as last from dossiers where code like 'H99.999-260101-%'`;
    return row?.last ?? 0;
  } finally {
    await sql.end();
  }
}

function databaseUrl(adminUrl: string, name: (typeof DATABASES)[number]): string {
  const url = new URL(adminUrl);
  url.pathname = `/${databaseName(name)}`;
  return url.href;
}

/** Reads every table and index once, so that the bench measures the store and not cold disk reads. */
export async function warmUp(adminUrl: string): Promise<void> {
  for (const name of DATABASES) {
    const sql = postgres(databaseUrl(adminUrl, name), { max: 1, onnotice: () => {} });
    await sql`create extension if not exists pg_prewarm`;
    await sql`select pg_prewarm(oid, 'read') from pg_class where relkind in ('r', 'i') and relnamespace = 'public'::regnamespace`;
    await sql.end();
  }
}

/**
 * Fills the four databases with copies `from`..`to` of one finished dossier, set-wise, on the server. Ids and official
 * numbers are made from the copy's number; times of receipt are spread by the minute. Shows its progress.
 */
export async function loadDossiers(
  adminUrl: string,
  footprint: Footprint,
  range: { from: number; to: number },
  say: (line: string) => void,
): Promise<void> {
  const texts = textExpressions(footprint);
  const connections = DATABASES.map((name) => ({
    sql: postgres(databaseUrl(adminUrl, name), { max: 1, onnotice: () => {} }),
    copies: ORDER.flatMap((table) => (footprint[name][table] ?? []).map((row) => copyStatement(table, row, texts))),
  }));
  const started = performance.now();
  for (let from = range.from; from <= range.to; from += CHUNK) {
    const to = Math.min(range.to, from + CHUNK - 1);
    await Promise.all(
      connections.map(({ sql, copies }) =>
        sql.begin(async (tx) => {
          await tx.unsafe("set local session_replication_role = replica; set local synchronous_commit = off");
          // dossier by dossier, as a desk writes them: rows of one dossier are stored together
          await tx.unsafe(`do $$ begin for n in ${from}..${to} loop ${copies.join("; ")}; end loop; end $$`);
        }),
      ),
    );
    const seconds = (performance.now() - started) / 1_000;
    const rate = (to - range.from + 1) / seconds;
    say(`  loaded ${to} of ${range.to} dossiers, ${Math.round(rate)}/s, ${Math.round((range.to - to) / rate)} s left`);
  }
  await Promise.all(connections.map(({ sql }) => sql.unsafe("vacuum analyze").then(() => sql.unsafe("checkpoint"))));
  await Promise.all(connections.map(({ sql }) => sql.end()));
}

function textExpressions(footprint: Footprint): Map<string, string> {
  const [dossier] = footprint["one-stop"].dossiers ?? [];
  const [birth] = footprint["civil-status"].births ?? [];
  const [person] = footprint.residence.persons ?? [];
  const [card] = footprint["health-insurance"].cards ?? [];
  const serial = (digits: number) => `lpad(n::text, ${digits}, '0')`;
  const parents = (dossier?.parties as string[] | undefined) ?? [];
  return new Map([
    ...parents.map((number, at): [string, string] => [number, `'00${at + 1}190' || lpad((n % 1000000)::text, 6, '0')`]),
    [String(dossier?.code), `'H99.999-260101-' || ${serial(7)}`],
    [String(dossier?.idempotency_key), `'load-' || n`],
    [String(birth?.birth_notice), `lpad((n % 100000)::text, 5, '0') || '.GCS.' || (60000 + n / 100000) || '.26'`],
    [String(birth?.mother_key), `'load-' || n`],
    [String(person?.personal_id), `'001226' || lpad((n % 1000000)::text, 6, '0')`],
    [String(card?.number), `'TE1018' || lpad(n::text, 9, '0')`],
  ]);
}

function copyStatement(table: string, row: Record<string, unknown>, texts: Map<string, string>): string {
  const columns = Object.keys(row).filter(
    (column) => column !== "insurance_number" && !(table === "history" && column === "id"),
  );
  const values = columns.map((column) => expression(column, row[column], texts));
  return `insert into ${table} (${columns.map((c) => `"${c}"`).join(", ")}) values (${values.join(", ")})`;
}

function expression(column: string, value: unknown, texts: Map<string, string>): string {
  const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
  if (value === null || value === undefined) return "null";
  if (column === "number" && typeof value === "number") return "1000000 + n";
  if (value instanceof Date) return `${literal(value.toISOString())}::timestamptz - n * interval '1 minute'`;
  if (Array.isArray(value)) return `array[${value.map((item) => expression("", item, texts)).join(", ")}]::text[]`;
  if (typeof value === "object") return `${literal(JSON.stringify(value))}::jsonb`;
  if (typeof value !== "string") return String(value);
  const known = texts.get(value);
  if (known) return known;
  return /^[0-9a-f]{8}-[0-9a-f]{4}-7/.test(value) && column !== "household_id"
    ? `md5('${value}' || n)::uuid`
    : literal(value);
}
