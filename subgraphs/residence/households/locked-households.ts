import { and, asc, eq, inArray } from "drizzle-orm";
import type { PartialDate } from "../../_shared/reference/partial-dates.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { currentHousehold, currentPerson, livesThere } from "../current.ts";
import { households, householdVersions, persons, personVersions, residencies, residencyVersions } from "../tables.ts";

/** A member of a household with the version of the residency that is in force. */
export type Member = {
  personId: string;
  personalId: string;
  fullName: string;
  dateOfBirth: PartialDate;
  residency: typeof residencyVersions.$inferSelect;
};
/** State of a household. `last` is its last version, which has an end if the household has ended. */
export type HouseholdState = {
  id: string;
  code: string;
  last: typeof householdVersions.$inferSelect;
  members: Member[];
};
export type Households = ReadonlyMap<string, HouseholdState>;

/** Reads households, as they are or locked. */
export type ReadHouseholds = (tx: Tx, ids: readonly string[]) => Promise<Households>;

/** Locks households until the transaction ends, in the order of their ids, which prevents deadlocks, and reads their state. */
export async function lockHouseholds(tx: Tx, ids: readonly string[]): Promise<Households> {
  if (ids.length === 0) return new Map();
  const wanted = inArray(households.id, [...ids]);
  await tx.select({ id: households.id }).from(households).where(wanted).orderBy(asc(households.id)).for("update");
  // queries of their own, because they must see what another act committed before the lock was granted
  return readHouseholds(tx, ids);
}

export async function readHouseholds(tx: Tx, ids: readonly string[]): Promise<Households> {
  if (ids.length === 0) return new Map();
  const [versions, members] = await Promise.all([lastVersions(tx, ids), membersOf(tx, ids)]);
  return new Map(
    versions.map(({ code, last }) => [
      last.householdId,
      {
        ...{ id: last.householdId, code, last },
        members: members.filter(({ residency }) => residency.householdId === last.householdId),
      },
    ]),
  );
}

function lastVersions(tx: Tx, ids: readonly string[]) {
  return tx
    .select({ code: households.code, last: householdVersions })
    .from(households)
    .innerJoin(householdVersions, and(eq(householdVersions.householdId, households.id), currentHousehold))
    .where(inArray(households.id, [...ids]));
}

function membersOf(tx: Tx, ids: readonly string[]): Promise<Member[]> {
  return tx
    .select({
      personId: persons.id,
      personalId: persons.personalId,
      fullName: personVersions.fullName,
      dateOfBirth: personVersions.dateOfBirth,
      residency: residencyVersions,
    })
    .from(residencyVersions)
    .innerJoin(residencies, eq(residencies.id, residencyVersions.residencyId))
    .innerJoin(persons, eq(persons.id, residencies.personId))
    .innerJoin(personVersions, and(eq(personVersions.personId, persons.id), currentPerson))
    .where(and(inArray(residencyVersions.householdId, [...ids]), livesThere))
    .orderBy(asc(persons.personalId));
}
