import { type SQL, sql } from "drizzle-orm";
import { dossiers } from "../tables.ts";

/** Dossiers that a person is a party to. */
export function hasParty(personalId: string): SQL {
  return sql`${dossiers.parties} @> array[${personalId}]`;
}
