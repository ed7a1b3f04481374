import type { Readable } from "node:stream";
import { type CsvError, parse } from "csv-parse";
import { columnsByHeading, columnsOf, RECORD } from "./columns.ts";
import { type FlatRow, isOfList, nestedRecord } from "./flat-records.ts";
import { cellsDiffer, recordMalformed } from "./problems.ts";
import type { ReadRecord } from "./read-record.ts";
import type { TransferKind } from "./transfer-kind.ts";
import { UnreadableFile } from "./utf8-text.ts";

type Row = { line: number; cells: FlatRow };
type Group = { kind: TransferKind; rows: Row[] };

/** Records of CSV with a header in English or Vietnamese. Rows that follow one another and agree in the kind and its key columns are one record. */
export async function* readCsv(text: Readable, kinds: readonly TransferKind[]): AsyncGenerator<ReadRecord> {
  const skipped: ReadRecord[] = [];
  let group: Group | undefined;
  for await (const row of rowsOf(text, kinds, skipped)) {
    // the parser is ahead of its rows
    while (skipped[0] && skipped[0].line < row.line) {
      if (group) yield recordOf(group);
      group = undefined;
      yield skipped.shift() as ReadRecord; // just seen
    }
    const kind = kindOf(row.cells, kinds);
    if (group && kind === group.kind && isOneRecord(group, row)) {
      group.rows.push(row);
      continue;
    }
    if (group) yield recordOf(group);
    group = kind && { kind, rows: [row] };
    if (!kind) yield { line: row.line, raw: row.cells, kind: null };
  }
  if (group) yield recordOf(group);
  yield* skipped;
}

async function* rowsOf(text: Readable, kinds: readonly TransferKind[], skipped: ReadRecord[]): AsyncGenerator<Row> {
  const parser = parse({ info: true, skip_empty_lines: true, skip_records_with_error: true });
  parser.on("skip", (error: CsvError | undefined) => {
    const line = Number(error?.lines ?? 0);
    // a line may have several faults
    if (error && skipped.at(-1)?.line !== line)
      skipped.push({ line, faults: [recordMalformed(error.message)], raw: {} });
  });
  text.on("error", (error) => parser.destroy(error));
  text.pipe(parser);
  let header: string[] | undefined;
  let last = 0;
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
    const malformed = skipped.map(({ line }) => line).filter((line) => line < info.lines);
    const line = Math.max(last, ...malformed) + 1;
    last = info.lines;
    if (header) {
      const names = header;
      yield {
        line,
        cells: Object.fromEntries(record.map((cell, place) => [names[place] ?? `column ${place + 1}`, cell.trim()])),
      };
    } else header = headerOf(record, kinds);
  }
}

function headerOf(record: readonly string[], kinds: readonly TransferKind[]): string[] {
  const columnOf = columnsByHeading(kinds);
  const header = record.map((heading) => columnOf(heading));
  const unknown = record.filter((_, place) => header[place] === undefined);
  if (unknown.length > 0)
    throw new UnreadableFile(
      `The file has the unknown columns ${unknown.slice(0, 10).join(", ")}. Columns are: ${Object.keys(columnsOf(kinds)).join(", ")}`,
    );
  const names = header.flatMap((name) => name ?? []);
  const twice = names.find((name, place) => names.indexOf(name) < place);
  if (twice !== undefined) throw new UnreadableFile(`The file has the column ${twice} twice; keep one of them`);
  return names;
}

function kindOf(cells: FlatRow, kinds: readonly TransferKind[]): TransferKind | undefined {
  const [only, ...others] = kinds;
  if (only && others.length === 0 && !cells[RECORD]) return only;
  return kinds.find(({ name }) => name === cells[RECORD]);
}

function isOneRecord({ kind, rows: [first] }: Group, { cells }: Row): boolean {
  return (
    Object.keys(kind.columns).some(isOfList) &&
    kind.keyColumns.every((column) => first?.cells[column] === cells[column])
  );
}

function recordOf({ kind, rows }: Group): ReadRecord {
  const columns = Object.keys(kind.columns);
  const raw = nestedRecord(
    rows.map(({ cells }) => cells),
    columns,
  );
  const line = rows[0]?.line ?? 0;
  const faults = columns.flatMap((column) => differenceIn(column, rows) ?? []);
  return faults.length > 0 ? { line, raw, faults } : { line, kind, raw };
}

/** The problem of rows of one record of which a later one has another cell in a column of the record itself; empty cells say nothing. */
function differenceIn(column: string, rows: readonly Row[]) {
  const [first, ...later] = rows;
  if (!first || isOfList(column)) return undefined;
  const other = later.find(({ cells }) => cells[column] && cells[column] !== first.cells[column]);
  return other && cellsDiffer(column, first.line, other.line);
}
