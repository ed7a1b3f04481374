import { and, eq, sql } from "drizzle-orm";
import { birthId } from "../../_shared/demo/country/country-events.ts";
import { countryRandom } from "../../_shared/demo/country/country-ids.ts";
import { type CountryCommune, type CountryPerson, personsOf } from "../../_shared/demo/country/types.ts";
import { syntheticName } from "../../_shared/demo/population-names.ts";
import { dayIn, type SeededRandom } from "../../_shared/demo/population-random.ts";
import { COMMUNE_LIST } from "../../_shared/reference/communes.ts";
import type { PersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import type { PartialDate } from "../../_shared/reference/partial-dates.ts";
import type { PersonName } from "../../_shared/reference/person-names.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { likenessKeys, storedLikenessKeys } from "../birth-likeness-keys.ts";
import type { BirthPersons, RecordedParent } from "../contents.ts";
import { motherKey } from "../mother-key.ts";
import { birthCounters, birthNumbers, births, birthVersions, citizenNumbers } from "../tables.ts";
import { numbered } from "./book-order.ts";

type Parents = { mother: RecordedParent; father: RecordedParent };

/** Enters the births of all persons of a commune, numbered in its books. */
export async function enterBirths(tx: Tx, place: CountryCommune): Promise<void> {
  const { country, commune } = place;
  const born = personsOf(place).map((person) => ({
    ...{ person, registeredOn: person.bornRegisteredOn, parents: parentsOf(place, person) },
    id: birthId(country, person),
  }));
  await insertMany(tx, births, born.map(headOf));
  await insertMany(
    tx,
    birthVersions,
    born.map((birth) => ({ ...versionOf(birth), birthCommune: commune.code, homeCommune: commune.code })),
  );
  await insertMany(
    tx,
    citizenNumbers,
    born.map(({ person }) => ({ citizenId: person.id, personalId: person.personalId })),
  );
  await enterNumbers(tx, commune.code, born);
}

type NewBirth = {
  id: string;
  person: CountryPerson;
  registeredOn: CountryPerson["bornRegisteredOn"];
  parents: Parents;
};

/** Next numbers of the commune's books of births, and where the counting stands after them. */
async function enterNumbers(tx: Tx, commune: string, born: readonly NewBirth[]): Promise<void> {
  const counters = await tx
    .select({ year: birthCounters.year, last: birthCounters.last })
    .from(birthCounters)
    .where(and(eq(birthCounters.communeList, COMMUNE_LIST), eq(birthCounters.commune, commune)));
  const last = new Map(counters.map((counter) => [counter.year, counter.last]));
  const book = { communeList: COMMUNE_LIST, commune };
  await insertMany(
    tx,
    birthNumbers,
    numbered(born, last).map(({ id, year, number }) => ({ ...book, year, number, birthId: id })),
  );
  await insertMany(
    tx,
    birthCounters,
    [...last].map(([year, number]) => ({ ...book, year, last: number })),
    sql`on conflict (commune_list, commune, year) do update set last = excluded.last`,
  );
}

/** The registered parents, or invented ones who are not among the persons of the country. */
function parentsOf({ country }: CountryCommune, { mother, father, ...person }: CountryPerson): Parents {
  if (mother && father) return { mother: recorded(mother), father: recorded(father) };
  const random = countryRandom(country, "BIRTH", person.number);
  return { mother: inventedParent(person, "FEMALE", random), father: inventedParent(person, "MALE", random) };
}

function recorded({ fullName, dateOfBirth, personalId, ethnicity, nationality }: CountryPerson): RecordedParent {
  // made up by the same rules as the population: nothing left to parse
  return {
    fullName: fullName as PersonName,
    dateOfBirth: dateOfBirth as PartialDate,
    personalId: personalId as PersonalId,
    ethnicity: ethnicity as RecordedParent["ethnicity"],
    nationality,
  };
}

/** A parent without a personal number; the father has the surname of the child. */
function inventedParent(
  { surname, ethnicity, nationality, dateOfBirth }: Omit<CountryPerson, "mother" | "father">,
  sex: "MALE" | "FEMALE",
  random: SeededRandom,
): RecordedParent {
  const year = Number(dateOfBirth.slice(0, 4)) - 20 - random.below(15);
  const fullName = syntheticName(ethnicity, sex, random, ...(sex === "MALE" ? [surname] : []));
  // made up by the same rules as the population: nothing left to parse
  return {
    fullName: fullName as PersonName,
    dateOfBirth: dayIn(year, random) as PartialDate,
    personalId: null,
    ethnicity: ethnicity as RecordedParent["ethnicity"],
    nationality,
  };
}

function headOf({ id, person, registeredOn, parents }: NewBirth): typeof births.$inferInsert {
  const { mother, father } = parents;
  const dateOfBirth = person.dateOfBirth as PartialDate; // made up in that shape
  const child = { fullName: person.fullName, sex: person.sex, dateOfBirth, birthNotice: null };
  const guardians = [mother, father].flatMap(({ personalId }) => personalId ?? []);
  return {
    ...{ id, citizenId: person.id, registeredOn, dateOfBirth, birthOrder: 1, guardians },
    // invented mothers of many adults may be born on one day and have one name
    motherKey: (mother.personalId ? motherKey(parents) : null) ?? `none|${id}`,
    // adults are not compared with newborns
    likenessKeys: mother.personalId
      ? storedLikenessKeys(likenessKeys({ child, multipleBirth: null, mother, father }))
      : [],
  };
}

function versionOf({ id, person, registeredOn, parents: { mother, father } }: NewBirth) {
  const { fullName, sex, ethnicity, nationality, personalId } = person;
  const declarant = { fullName: father.fullName, personalId: father.personalId, relation: "FATHER" as const };
  const persons: BirthPersons = { mother, father, withoutNotice: null, declarant };
  return {
    ...{ birthId: id, validFrom: registeredOn, recordedBy: "seed", ground: "seed" },
    ...{ fullName, sex, ethnicity, nationality, personalId, communeList: COMMUNE_LIST, persons },
    dateOfBirth: person.dateOfBirth as PartialDate, // made up in that shape
  };
}
