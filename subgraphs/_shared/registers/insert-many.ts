import { type Column, getTableColumns, is, type SQL, sql } from "drizzle-orm";
import { PgCustomColumn, type PgTable } from "drizzle-orm/pg-core";
import type { Tx } from "../serving/database.ts";

/**
 * Inserts any number of rows by one statement with one parameter. This was measured as twice as fast as a parameter for each
 * value, of which PostgreSQL allows 65,535. Columns that no row gives take their defaults; `onConflict` is the ON CONFLICT clause.
 * @throws Error if the rows give different columns
 */
export async function insertMany<T extends PgTable>(
  tx: Tx,
  table: T,
  rows: readonly T["$inferInsert"][],
  onConflict: SQL = sql``,
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.entries(getTableColumns(table));
  const given = (row: T["$inferInsert"]) => columns.filter(([key]) => row[key as keyof typeof row] !== undefined); // keys of the table are keys of its rows
  const listed = given(first);
  const records = rows.map((row) => {
    const own = given(row);
    if (own.length !== listed.length || own.some(([key], index) => key !== listed[index]?.[0]))
      throw new Error("Rows that are inserted together must give the same columns");
    return Object.fromEntries(own.map(([key, column]) => [column.name, inJson(column, row[key as keyof typeof row])]));
  });
  const names = sql.join(
    listed.map(([, { name }]) => sql.identifier(name)),
    sql`, `,
  );
  await tx.execute(sql`
    insert into ${table} (${names})
    select ${names} from jsonb_populate_recordset(null::${table}, ${JSON.stringify(records)}::text::jsonb) ${onConflict}`);
}

/** Value as JSON carries it to its column: that of the driver for columns of a type of our own, bytes in hexadecimal digits. */
function inJson(column: Column, value: unknown): unknown {
  if (!is(column, PgCustomColumn) || value === null) return value;
  const stored = column.mapToDriverValue(value as never); // the rows have the types of their table
  return stored instanceof Uint8Array ? `\\x${Buffer.from(stored).toString("hex")}` : stored;
}
