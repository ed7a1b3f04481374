import DataLoader from "dataloader";
import { and, desc, eq, inArray, type SQL } from "drizzle-orm";
import { isUuid } from "../_shared/reference/uuid.ts";
import { communeOf } from "../_shared/registers/commune-type.ts";
import { latestVersion } from "../_shared/registers/latest-version.ts";
import type { Context } from "../_shared/serving/context.ts";
import { personsOfVersion } from "./births.ts";
import type { BirthPersons } from "./contents.ts";
import { visibleBirths } from "./rights.ts";
import { birthNumbers, births, birthVersions, citizenNumbers } from "./tables.ts";
import type { BirthRegistration } from "./types.ts";

type Source = Pick<Context, "db" | "caller">;

/** Births in their current version, of those the caller may see. */
function selectBirths({ db, caller }: Source, which: SQL | undefined) {
  return db
    .select({
      ...{ head: births, number: birthNumbers.number, year: birthNumbers.year },
      ...{ facts: birthVersions, persons: personsOfVersion() },
    })
    .from(births)
    .innerJoin(birthNumbers, eq(birthNumbers.birthId, births.id))
    .innerJoin(birthVersions, eq(birthVersions.birthId, births.id))
    .leftJoin(citizenNumbers, eq(citizenNumbers.citizenId, births.citizenId))
    .where(and(which, visibleBirths(caller), latestVersion(birthVersions.version, birthVersions.birthId, births.id)));
}

/** A number of births that match, the last entered first, of those the caller may see. */
export async function lastBirths(source: Source, which: SQL | undefined, most: number): Promise<BirthRegistration[]> {
  const rows = await selectBirths(source, which).orderBy(desc(births.id)).limit(most);
  return rows.map(shape);
}

export function birthLoaders(source: Source) {
  const { db, caller } = source;
  const birthsWhere = async (which: SQL) => (await selectBirths(source, which)).map(shape);

  return {
    /** By the registration's id. */
    birthById: new DataLoader<string, BirthRegistration | null>(async (ids) => {
      const found = await birthsWhere(inArray(births.id, ids.filter(isUuid)));
      return ids.map((id) => found.find((birth) => birth.id === id.toLowerCase()) ?? null);
    }),

    /** By the citizen's id in the graph. */
    birthByCitizen: new DataLoader<string, BirthRegistration | null>(async (ids) => {
      const found = await birthsWhere(inArray(births.citizenId, ids.filter(isUuid)));
      return ids.map((id) => found.find((birth) => birth.child.id === id.toLowerCase()) ?? null);
    }),

    /** By the citizen's personal number. */
    birthByPersonalId: new DataLoader<string, BirthRegistration | null>(async (numbers) => {
      const found = await birthsWhere(inArray(citizenNumbers.personalId, [...numbers]));
      return numbers.map((number) => found.find((birth) => birth.child.personalId === number) ?? null);
    }),

    /** Personal number of a citizen by id; null if no birth that the caller may see has it. */
    personalIdByCitizen: new DataLoader<string, { personalId: string; dossier: string | null } | null>(async (ids) => {
      const found = await db
        .select({ id: births.citizenId, personalId: citizenNumbers.personalId, dossier: births.dossier })
        .from(births)
        .innerJoin(citizenNumbers, eq(citizenNumbers.citizenId, births.citizenId))
        .where(and(inArray(births.citizenId, ids.filter(isUuid)), visibleBirths(caller)));
      return ids.map((id) => found.find((row) => row.id === id.toLowerCase()) ?? null);
    }),
  };
}

type Row = {
  head: typeof births.$inferSelect;
  number: number;
  year: number;
  facts: typeof birthVersions.$inferSelect;
  persons: BirthPersons;
};

function shape({ head, number, year, facts, persons }: Row): BirthRegistration {
  const { fullName, dateOfBirth, personalId } = facts;
  return {
    id: head.id,
    dossier: head.dossier,
    number: `${number}/${year}`,
    registeredOn: head.registeredOn,
    birthNotice: head.birthNotice,
    birthOrder: head.birthOrder,
    child: { id: head.citizenId, personalId, fullName, dateOfBirth },
    sex: facts.sex,
    ethnicity: facts.ethnicity,
    nationality: facts.nationality,
    placeOfBirth: {
      facilityName: persons.facilityName ?? facts.birthFacility,
      commune: facts.birthCommune === null ? null : communeOf(facts.birthCommune),
      country: facts.birthCountry,
    },
    homeCommune: facts.homeCommune === null ? null : communeOf(facts.homeCommune),
    mother: persons.mother,
    father: persons.father,
    declarant: persons.declarant,
    kind: persons.registration?.kind ?? "REGISTERED",
    formerRegistration: persons.registration?.formerRegistration ?? null,
  };
}
