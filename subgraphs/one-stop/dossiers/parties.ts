import { type SQL, sql } from "drizzle-orm";
import { hasNumber, numbersIn } from "../../_shared/registers/personal-numbers.ts";
import { dossiers } from "../tables.ts";

/**
 * Dossiers that a person is a party to. They are few and looked up first: PostgreSQL expects many of anybody, and would else look
 * through all dossiers until a page is full.
 */
export function hasParty(personalId: string): SQL {
  const found = sql`select id from ${dossiers} where ${hasNumber(dossiers.parties, personalId)}`;
  return sql`${dossiers.id} = any(array(${found}))`;
}

/** The same for a person whose number a column of the statement has. */
export function hasPartyOf(personalId: SQL): SQL {
  const found = sql`select id from ${dossiers} where ${numbersIn(dossiers.parties)} @> array[${personalId}::bigint]`;
  return sql`${dossiers.id} = any(array(${found}))`;
}
