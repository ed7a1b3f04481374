import { getTableName } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import type postgres from "postgres";

const registers = new WeakSet<PgTable>();

/**
 * Declares a table as part of the register: its rows are never changed or removed, and a correction is a new version. Triggers that
 * the agency creates at its start enforce it.
 */
export function register<Table extends PgTable>(table: Table): Table {
  registers.add(table);
  return table;
}

/** The tables among the exports of an agency's `tables.ts`. */
export function tablesOf(exports: Readonly<Record<string, unknown>>): PgTable[] {
  return Object.values(exports).filter((each) => each instanceof PgTable);
}

/** Names of the register tables among an agency's tables. */
export function registerNames(tables: readonly PgTable[]): string[] {
  return tables.filter((table) => registers.has(table)).map(getTableName);
}

/** Creates the triggers by which the database refuses updates and deletions in every register table. */
export async function keepAppendOnly(sql: postgres.Sql, tables: readonly PgTable[]): Promise<void> {
  const names = registerNames(tables);
  if (names.length === 0) return;
  await sql`
    create or replace function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% is append-only: enter a new version', tg_table_name using errcode = 'restrict_violation';
    end $$`;
  for (const name of names) {
    await sql`
      create or replace trigger ${sql(`${name}_append_only`)} before update or delete or truncate on ${sql(name)}
      for each statement execute function refuse_change()`;
  }
}
