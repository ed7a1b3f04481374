import { once } from "node:events";
import postgres from "postgres";
import { packJson, unpackJson } from "../../subgraphs/_shared/registers/packed-json.ts";
import type { SubgraphName } from "../../subgraphs/agency-registry.ts";

/**
 * Text of a field in COPY's text format: constant pieces, and at odd indexes the number of the value that a copy replaces. Of packed
 * JSON the text is cut, and packed again in each copy.
 */
type CutField = { pieces: readonly (string | number)[]; packed: boolean };
/** Rows of one dossier in one table. `target` is the table with its columns in the words of COPY. */
export type TableTemplate = {
  database: SubgraphName;
  table: string;
  target: string;
  columns: readonly string[];
  rows: readonly (readonly CutField[])[];
};
/** Text that differs between dossiers. Ordered ids are UUIDs of version 7, which grow with time. */
export type ReplacedText = { text: string; kind: "ORDERED_ID" | "ID" | "INSTANT" | "OTHER" };
/** All rows of one real dossier, cut at the texts that differ between dossiers. */
export type DossierTemplate = { tables: readonly TableTemplate[]; replaced: readonly ReplacedText[] };

/** Columns whose values stay, because the entry existed before the dossier. */
const KEPT_COLUMNS = new Set(["household_id"]);
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/;
const INSTANT = /\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00(?::00)?)/;
// not within a longer number
const PERSONAL_ID = /(?<!\d)\d{12}(?!\d)/;

/** Beginning of a field of bytes, with the backslash as COPY escapes it. */
const BYTES = "\\\\x";

type Rows = Omit<TableTemplate, "rows"> & { rows: string[][] };

/**
 * Reads the rows of a dossier and cuts them at ids, personal numbers and instants, and at the given further texts.
 * `conditions` select the rows by table, with the dossier's code as `$1`.
 */
export async function readTemplate(
  databaseUrls: { "one-stop": string } & Partial<Record<SubgraphName, string>>,
  code: string,
  conditions: Partial<Record<SubgraphName, Record<string, string>>>,
  texts: readonly string[],
): Promise<DossierTemplate> {
  const read: Rows[] = [];
  for (const [database, tables] of Object.entries(conditions) as [SubgraphName, Record<string, string>][]) {
    const url = databaseUrls[database];
    if (url === undefined) throw new Error(`The address of the database of ${database} is missing`);
    const sql = postgres(url, { max: 1 });
    for (const [table, where] of Object.entries(tables)) {
      const columns = await writableColumns(sql, table);
      const target = `${table} (${columns.map((column) => `"${column}"`).join(", ")})`;
      read.push({ database, table, target, columns, rows: await copyOut(sql, table, columns, where, code) });
    }
    await sql.end();
  }
  const literals = texts.filter(Boolean).map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const places = new RegExp([UUID.source, INSTANT.source, ...literals, PERSONAL_ID.source].join("|"), "g");
  const replaced = new Map<string, number>();
  const cut = (stored: string, column: string | undefined): CutField => {
    const packed = stored.startsWith(BYTES);
    const field = packed ? JSON.stringify(unpackJson(Buffer.from(stored.slice(BYTES.length), "hex"))) : stored;
    if (column !== undefined && KEPT_COLUMNS.has(column)) return { pieces: [stored], packed: false };
    const pieces: (string | number)[] = [];
    let end = 0;
    for (const { 0: text, index } of field.matchAll(places)) {
      const known = replaced.get(text) ?? replaced.size;
      replaced.set(text, known);
      pieces.push(field.slice(end, index), known);
      end = index + text.length;
    }
    return pieces.length === 0
      ? { pieces: [stored], packed: false }
      : { pieces: [...pieces, field.slice(end)], packed };
  };
  const tables = read.map((each) => ({
    ...each,
    rows: each.rows.map((fields) => fields.map((field, at) => cut(field, each.columns[at]))),
  }));
  return { tables: tables.filter(({ rows }) => rows.length > 0), replaced: [...replaced.keys()].map(replacedText) };
}

/** Row of a copy, as a line for COPY. `values` replace the template's texts, `columns` whole columns. */
export function copiedRow(
  { columns }: TableTemplate,
  row: readonly CutField[],
  values: readonly string[],
  replacedColumns: Readonly<Record<string, string>>,
): string {
  let line = "";
  for (const [at, { pieces, packed }] of row.entries()) {
    if (at > 0) line += "\t";
    const whole = replacedColumns[columns[at] ?? ""];
    if (whole !== undefined) line += whole;
    else if (packed) line += BYTES + packJson(JSON.parse(filled(pieces, values))).toString("hex");
    else line += filled(pieces, values);
  }
  return `${line}\n`;
}

function filled(pieces: readonly (string | number)[], values: readonly string[]): string {
  let text = "";
  for (const piece of pieces) text += typeof piece === "number" ? (values[piece] ?? "") : piece;
  return text;
}

function replacedText(text: string): ReplacedText {
  const version = UUID.exec(text)?.[1];
  if (version !== undefined) return { text, kind: version === "7" ? "ORDERED_ID" : "ID" };
  return { text, kind: INSTANT.test(text) ? "INSTANT" : "OTHER" };
}

/** Columns that are neither generated nor numbered by the database. */
async function writableColumns(sql: postgres.Sql, table: string): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select column_name as name from information_schema.columns
     where table_schema = 'public' and table_name = ${table} and is_generated = 'NEVER' and is_identity = 'NO'
     order by ordinal_position`;
  return rows.map(({ name }) => name);
}

async function copyOut(
  sql: postgres.Sql,
  table: string,
  columns: readonly string[],
  where: string,
  code: string,
): Promise<string[][]> {
  const list = columns.map((column) => `"${column}"`).join(", ");
  // COPY takes no parameters; a code has neither quotes nor backslashes
  const condition = where.replaceAll("$1", `'${code}'`);
  const stream = await sql.unsafe(`copy (select ${list} from ${table} where ${condition}) to stdout`).readable();
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  await once(stream, "end");
  const lines = Buffer.concat(chunks).toString().split("\n");
  return lines.filter(Boolean).map((line) => line.split("\t"));
}
