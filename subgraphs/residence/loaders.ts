import DataLoader from "dataloader";
import { and, asc, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { isUuid } from "../_shared/reference/uuid.ts";
import type { Context } from "../_shared/serving/context.ts";
import { actLoaders } from "./acts/loaders.ts";
import { currentHousehold, currentPerson, currentResidency, livesThere } from "./current.ts";
import { fullyVisiblePersons, visibleMembers, visiblePersons, visibleResidencies } from "./rights.ts";
import { households, householdVersions, persons, personVersions, residencies, residencyVersions } from "./tables.ts";
import { temporaryLoaders } from "./temporary/loaders.ts";

export type ResidenceLoaders = ReturnType<typeof residenceLoaders>;
export type ResidenceContext = Context<ResidenceLoaders>;
type Source = Pick<Context, "db" | "caller" | "now">;

/** Person as a caller may read it; sex, ethnicity and nationality are null for a caller who may read the name only. */
export type LoadedPerson = Awaited<ReturnType<typeof personsWhere>>[number];
/** A residency with the household as it is now. */
export type LoadedResidency = Awaited<ReturnType<typeof residenciesWhere>>[number];
export type LoadedHousehold = Awaited<ReturnType<typeof householdsWhere>>[number];
type MemberSeen = Awaited<ReturnType<typeof membersWhere>>[number];

/** Loaders of one request; they return only rows that the caller may see. */
export function residenceLoaders(source: Source) {
  return {
    ...actLoaders(source),
    ...temporaryLoaders(source),
    personsById: new DataLoader<string, LoadedPerson | null>(async (ids) => {
      const rows = await personsWhere(source, inArray(persons.id, ids.filter(isUuid)));
      return inOrder(ids, rows, (row) => row.id);
    }),
    personsByPersonalId: new DataLoader<string, LoadedPerson | null>(async (numbers) => {
      const rows = await personsWhere(source, inArray(persons.personalId, [...numbers]));
      return inOrder(numbers, rows, (row) => row.personalId);
    }),
    residenciesById: new DataLoader<string, LoadedResidency | null>(async (ids) => {
      const rows = await residenciesWhere(source, and(inArray(residencies.id, ids.filter(isUuid)), currentResidency));
      return inOrder(ids, rows, (row) => row.id);
    }),
    residenciesByPerson: new DataLoader<string, LoadedResidency | null>(async (ids) => {
      const rows = await residenciesWhere(source, and(inArray(residencies.personId, [...ids]), livesThere));
      return inOrder(ids, rows, (row) => row.personId);
    }),
    /** Households in force or ended, as they were last. */
    householdsById: new DataLoader<string, LoadedHousehold | null>(async (ids) => {
      const rows = await householdsWhere(source, inArray(households.id, ids.filter(isUuid)));
      return inOrder(ids, rows, (row) => row.id);
    }),
    membersByHousehold: new DataLoader<string, MemberSeen[]>(async (ids) => {
      const rows = await membersWhere(source, inArray(residencyVersions.householdId, [...ids]));
      return ids.map((id) => rows.filter((row) => row.householdId === id));
    }),
  };
}

function inOrder<Row>(keys: readonly string[], rows: Row[], keyOf: (row: Row) => string): (Row | null)[] {
  const found = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => found.get(key) ?? null);
}

function personsWhere({ db, caller }: Source, which: SQL) {
  const ifWhole = <T>(column: SQL.Aliased<T> | SQL<T>) =>
    sql<T | null>`case when ${fullyVisiblePersons(caller)} then ${column} end`;
  return db
    .select({
      id: persons.id,
      personalId: persons.personalId,
      dossier: persons.dossier,
      fullName: personVersions.fullName,
      dateOfBirth: personVersions.dateOfBirth,
      isWhole: sql<boolean>`${fullyVisiblePersons(caller)}`,
      sex: ifWhole(sql<"MALE" | "FEMALE">`${personVersions.sex}`),
      ethnicity: ifWhole(sql<string>`${personVersions.ethnicity}`),
      nationality: ifWhole(sql<string>`${personVersions.nationality}`),
    })
    .from(persons)
    .innerJoin(personVersions, and(eq(personVersions.personId, persons.id), currentPerson))
    .where(and(which, visiblePersons(caller)));
}

export const householdColumns = {
  id: households.id,
  code: households.code,
  headPersonId: householdVersions.headPersonId,
  addressLine: householdVersions.addressLine,
  communeCode: householdVersions.communeCode,
};

function householdsWhere({ db }: Pick<Source, "db">, which: SQL) {
  return db
    .select(householdColumns)
    .from(households)
    .innerJoin(householdVersions, and(eq(householdVersions.householdId, households.id), currentHousehold))
    .where(which);
}

function residenciesWhere({ db, caller }: Source, which: SQL | undefined) {
  return db
    .select({
      id: residencies.id,
      personId: persons.id,
      personalId: persons.personalId,
      dossier: residencies.dossier,
      registeredOn: residencyVersions.registeredOn,
      relationToHead: residencyVersions.relationToHead,
      household: householdColumns,
    })
    .from(residencies)
    .innerJoin(persons, eq(persons.id, residencies.personId))
    .innerJoin(residencyVersions, eq(residencyVersions.residencyId, residencies.id))
    .innerJoin(households, eq(households.id, residencyVersions.householdId))
    .innerJoin(householdVersions, and(eq(householdVersions.householdId, households.id), currentHousehold))
    .where(and(which, visibleResidencies(caller)));
}

function membersWhere({ db, caller }: Source, which: SQL) {
  return db
    .select({
      householdId: residencyVersions.householdId,
      id: persons.id,
      personalId: persons.personalId,
      dossier: residencies.dossier,
      relationToHead: residencyVersions.relationToHead,
    })
    .from(residencyVersions)
    .innerJoin(residencies, eq(residencies.id, residencyVersions.residencyId))
    .innerJoin(persons, eq(persons.id, residencies.personId))
    .where(and(which, livesThere, visibleMembers(caller)))
    .orderBy(desc(sql`${residencyVersions.relationToHead} = 'HEAD'`), asc(residencies.id));
}
