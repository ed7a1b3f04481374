import { type SQL, sql } from "drizzle-orm";
import { dossiers } from "../tables.ts";

/**
 * Dossiers that a person is a party to. They are few and looked up first: PostgreSQL expects many of anybody, and would else look
 * through all dossiers until a page is full.
 */
export function hasParty(personalId: string): SQL {
  const found = sql`select id from ${dossiers} where ${dossiers.parties} @> array[${personalId}]`;
  return sql`${dossiers.id} = any(array(${found}))`;
}
