import { type AnyColumn, getTableName, type SQL, sql } from "drizzle-orm";

/**
 * Condition that selects the latest version of each register entry. `version` is the column of version numbers, `entry` the column
 * of the same table that refers to the entry, and `head` the entry's id in the joined table.
 */
export function latestVersion(version: AnyColumn, entry: AnyColumn, head: AnyColumn): SQL {
  const newer = sql.identifier("v");
  const table = sql.identifier(getTableName(version.table));
  return sql`${version} = (select max(${newer}.${sql.identifier(version.name)}) from ${table} ${newer}
    where ${newer}.${sql.identifier(entry.name)} = ${head})`;
}
