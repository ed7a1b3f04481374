import { and, eq, type SQL } from "drizzle-orm";
import type { Tx } from "../../_shared/serving/database.ts";
import { currentPerson } from "../current.ts";
import { persons, personVersions } from "../tables.ts";
import type { PersonRow } from "./person-record.ts";

/** Columns of a person's record. */
export const personColumns = {
  personalId: persons.personalId,
  citizenId: persons.id,
  fullName: personVersions.fullName,
  dateOfBirth: personVersions.dateOfBirth,
  sex: personVersions.sex,
  ethnicity: personVersions.ethnicity,
  nationality: personVersions.nationality,
  motherPersonalId: personVersions.motherPersonalId,
  fatherPersonalId: personVersions.fatherPersonalId,
};

export type StoredPerson = PersonRow & { citizenId: string };

/** Persons of the register as files have them, by their numbers. */
export async function storedPersons(tx: Tx, where: SQL | undefined): Promise<Map<string, StoredPerson>> {
  const rows = await tx
    .select(personColumns)
    .from(persons)
    .innerJoin(personVersions, and(eq(personVersions.personId, persons.id), currentPerson))
    .where(where);
  return new Map(rows.map((row) => [row.personalId, row]));
}
