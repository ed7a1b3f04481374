import type { TransferKind } from "../../subgraphs/_shared/transfer/transfer-kind.ts";

type Json = { [name: string]: unknown };

/** Records of a kind for each of its columns. */
const FOR_EACH = 3;

/**
 * Lines of JSON Lines with records of a kind: whole ones, and others without one of the columns or of the objects and lists at their
 * top; the column is absent in some and null in others.
 */
export function sparse({ name, columns }: TransferKind, lines: readonly string[]): string[] {
  const own = lines.map((line) => JSON.parse(line) as Json).filter(({ record }) => record === name);
  const removed = ["", ...new Set(Object.keys(columns).flatMap((column) => [column, column.split(/[.[]/)[0] ?? ""]))];
  return own.slice(0, FOR_EACH * removed.length).map((record, place) => {
    const path = removed[place % removed.length] ?? "";
    if (path !== "") remove(record, path.replace(/\[\]$/, "").split("."), place % 2 === 0);
    return JSON.stringify(record);
  });
}

function remove(record: Json, [first = "", ...rest]: string[], entirely: boolean): void {
  const field = first.replace("[]", "");
  const value = record[field];
  if (rest.length === 0 && entirely) delete record[field];
  else if (rest.length === 0) record[field] = null;
  else if (Array.isArray(value)) for (const each of value) remove(each as Json, rest, entirely);
  else if (value) remove(value as Json, rest, entirely);
}
