import { type AnyColumn, getTableName, type SQL, sql } from "drizzle-orm";

/**
 * Condition that leaves the version in force, which is the highest, of an entry's versions. `version` is the column with
 * the number, `entry` the column of the same table that names the entry, `head` the entry's id in the table that is joined.
 */
export function latestVersion(version: AnyColumn, entry: AnyColumn, head: AnyColumn): SQL {
  const newer = sql.identifier("v");
  const table = sql.identifier(getTableName(version.table));
  return sql`${version} = (select max(${newer}.${sql.identifier(version.name)}) from ${table} ${newer}
    where ${newer}.${sql.identifier(entry.name)} = ${head})`;
}
