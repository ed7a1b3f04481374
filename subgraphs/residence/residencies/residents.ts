import { and, eq, inArray } from "drizzle-orm";
import type { PartialDate } from "../../_shared/reference/partial-dates.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { currentPerson, currentResidency } from "../current.ts";
import { persons, personVersions, residencies, residencyVersions } from "../tables.ts";

/** A person of the register with the last version of the residency; null for one who never had any. */
export type Resident = {
  personId: string;
  personalId: string;
  fullName: string;
  dateOfBirth: PartialDate;
  last: typeof residencyVersions.$inferSelect | null;
};

/** The persons of these numbers, by number; a number that the register does not have is missing. */
export async function residentsOf(tx: Tx, numbers: readonly string[]): Promise<Map<string, Resident>> {
  if (numbers.length === 0) return new Map();
  const rows = await tx
    .select({
      personId: persons.id,
      personalId: persons.personalId,
      fullName: personVersions.fullName,
      dateOfBirth: personVersions.dateOfBirth,
      last: residencyVersions,
    })
    .from(persons)
    .innerJoin(personVersions, and(eq(personVersions.personId, persons.id), currentPerson))
    .leftJoin(residencies, eq(residencies.personId, persons.id))
    .leftJoin(residencyVersions, and(eq(residencyVersions.residencyId, residencies.id), currentResidency))
    .where(inArray(persons.personalId, [...numbers]));
  return new Map(rows.map((row) => [row.personalId, row]));
}

/** Household in which a person lives; null for one who has no permanent residence in force. */
export function homeOf({ last }: Resident): string | null {
  return last && last.validTo === null ? last.householdId : null;
}
