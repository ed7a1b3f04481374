/** Row of CSV by column; a missing cell is empty. */
export type FlatRow = Readonly<Record<string, string>>;
type Nested = { [name: string]: unknown };

const BETWEEN_TEXTS = " ";

/** Rows of CSV of a record: one, or as many as its longest list has elements, each with the key columns. */
export function flatRows(record: object, columns: readonly string[], keyColumns: readonly string[]): FlatRow[] {
  const lists = [...new Set(columns.flatMap((column) => listOf(column) ?? []))];
  const height = Math.max(1, ...lists.map((list) => elementsOf(record, list).length));
  return Array.from({ length: height }, (_, row) =>
    Object.fromEntries(columns.map((column) => [column, cellOf(record, column, row, keyColumns)])),
  );
}

function cellOf(record: object, column: string, row: number, keyColumns: readonly string[]): string {
  const list = listOf(column);
  if (list !== null) return written(valueAt(elementsOf(record, list)[row] ?? {}, column.slice(list.length + 3)));
  if (row > 0 && !keyColumns.includes(column)) return "";
  if (!column.endsWith("[]")) return written(valueAt(record, column));
  const texts = valueAt(record, column.slice(0, -2));
  return Array.isArray(texts) ? texts.map(written).join(BETWEEN_TEXTS) : "";
}

/** The record of rows of CSV that agree in their key columns. */
export function nestedRecord(rows: readonly FlatRow[], columns: readonly string[]): object {
  const record: Nested = {};
  const [first = {}] = rows;
  for (const column of columns) {
    const list = listOf(column);
    if (list !== null) record[list] ??= elementsIn(rows, list, columns);
    else if (column.endsWith("[]")) {
      const cell = first[column] ?? "";
      record[column.slice(0, -2)] = cell === "" ? [] : cell.split(BETWEEN_TEXTS);
    } else put(record, column, first[column] ?? "");
  }
  return withoutEmptyObjects(record);
}

function elementsIn(rows: readonly FlatRow[], list: string, columns: readonly string[]): Nested[] {
  const own = columns.filter((column) => listOf(column) === list);
  return rows
    .filter((row) => own.some((column) => row[column]))
    .map((row) => {
      const element: Nested = {};
      for (const column of own) put(element, column.slice(list.length + 3), row[column] ?? "");
      return withoutEmptyObjects(element);
    });
}

/** True for a column of the elements of a list of objects, which each row of a record has of its own. */
export function isOfList(column: string): boolean {
  return listOf(column) !== null;
}

/** `members` of `members[].fullName`; null for a column of the record itself. */
function listOf(column: string): string | null {
  const at = column.indexOf("[].");
  return at < 0 ? null : column.slice(0, at);
}

function elementsOf(record: object, list: string): object[] {
  const found = valueAt(record, list);
  return Array.isArray(found) ? found : [];
}

function valueAt(record: object, path: string): unknown {
  return path.split(".").reduce<unknown>((value, name) => (value as Nested | null | undefined)?.[name], record); // read as unknown
}

function put(record: Nested, path: string, value: string): void {
  const names = path.split(".");
  const last = names.pop() ?? "";
  let target = record;
  for (const name of names) {
    target[name] ??= {};
    target = target[name] as Nested; // made above
  }
  target[last] = value === "" ? null : value;
}

/** Objects of which every cell is empty become null, as in JSON, at any depth. */
function withoutEmptyObjects(record: Nested): Nested {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, nullIfEmpty(value)]));
}

function nullIfEmpty(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const inner = withoutEmptyObjects(value as Nested); // made by `put`
  return Object.values(inner).every((each) => each === null) ? null : inner;
}

function written(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return value === null || value === undefined ? "" : String(value);
}

/** A record with its fields in the order of the columns, whatever order the register keeps them in, so that equal records are equal texts. */
export function inColumnOrder(record: object, columns: readonly string[]): object {
  const names = [...new Set(columns.map((column) => column.split(".")[0] ?? ""))];
  return Object.fromEntries(
    names.map((name) => {
      const field = name.replace("[]", "");
      const inner = columns.flatMap((column) => (column.startsWith(`${name}.`) ? column.slice(name.length + 1) : []));
      return [field, valueInOrder(valueAt(record, field), inner)];
    }),
  );
}

function valueInOrder(value: unknown, columns: readonly string[]): unknown {
  if (columns.length === 0 || typeof value !== "object" || value === null) return value;
  return Array.isArray(value) ? value.map((each) => inColumnOrder(each, columns)) : inColumnOrder(value, columns);
}
