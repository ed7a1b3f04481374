import { families, SEEDED_COMMUNES, type SeededPerson } from "../_shared/demo/population.ts";
import { type Sex, syntheticName } from "../_shared/demo/population-names.ts";
import { dayIn, type SeededRandom, seededRandom, seededUuid } from "../_shared/demo/population-random.ts";
import { COMMUNE_LIST } from "../_shared/reference/communes.ts";
import { addDays, type LegalDay } from "../_shared/reference/days.ts";
import { latestDay, type PartialDate } from "../_shared/reference/partial-dates.ts";
import type { PersonName } from "../_shared/reference/person-names.ts";
import { insertMany } from "../_shared/registers/insert-many.ts";
import type { Tx } from "../_shared/serving/database.ts";
import type { Seed } from "../_shared/serving/subgraph.ts";
import type { RecordedParent } from "./contents.ts";
import { motherKey } from "./mother-key.ts";
import { birthCounters, birthNumbers, births, birthVersions, citizenNumbers } from "./tables.ts";

/** Outside the range of numbers that the population uses for UUIDs and seeds. */
const OWN_NUMBERS = 50_000_000;

type SeededBirth = {
  id: string;
  person: SeededPerson;
  commune: string;
  registeredOn: LegalDay;
  mother: RecordedParent;
  father: RecordedParent;
};

/** Births of the synthetic adults, registered long ago; entered once. */
async function seedBirths(tx: Tx): Promise<void> {
  const [present] = await tx.select({ id: births.id }).from(births).limit(1);
  if (present) return; // a database of before seeds were recorded
  const born = SEEDED_COMMUNES.flatMap((commune) =>
    families(commune).flatMap(({ mother, father }) => [birthOf(mother, commune), birthOf(father, commune)]),
  );
  const { numbers, counters } = numbered(born);
  await insertMany(tx, births, born.map(headOf));
  await insertMany(tx, birthVersions, born.map(versionOf));
  await insertMany(
    tx,
    citizenNumbers,
    born.map(({ person }) => ({ citizenId: person.id, personalId: person.personalId })),
  );
  await insertMany(tx, birthNumbers, numbers);
  await insertMany(tx, birthCounters, counters);
}

function birthOf(person: SeededPerson, commune: string): SeededBirth {
  const number = OWN_NUMBERS + Number(person.personalId.slice(6));
  const random = seededRandom(number);
  const dateOfBirth = person.dateOfBirth as PartialDate; // made up in that shape
  return {
    id: seededUuid(number),
    person,
    commune,
    registeredOn: addDays(latestDay(dateOfBirth), 3 + random.below(40)),
    mother: parentOf("FEMALE", person, random),
    father: parentOf("MALE", person, random),
  };
}

function parentOf(
  sex: Sex,
  { dateOfBirth, ethnicity, nationality }: SeededPerson,
  random: SeededRandom,
): RecordedParent {
  const year = Number(dateOfBirth.slice(0, 4)) - 20 - random.below(15);
  // made up by the same rules as the population: nothing left to parse
  return {
    fullName: syntheticName(ethnicity, sex, random) as PersonName,
    dateOfBirth: dayIn(year, random) as PartialDate,
    personalId: null,
    ethnicity: ethnicity as RecordedParent["ethnicity"],
    nationality,
  };
}

function headOf({ id, person, registeredOn, mother }: SeededBirth): typeof births.$inferInsert {
  return {
    id,
    citizenId: person.id,
    registeredOn,
    motherKey: motherKey({ mother, father: null }) ?? id,
    dateOfBirth: person.dateOfBirth as PartialDate,
    birthOrder: 1,
    guardians: [],
  };
}

function versionOf({ id, person, commune, registeredOn, mother, father }: SeededBirth) {
  const { fullName, sex, ethnicity, nationality, personalId } = person;
  return {
    birthId: id,
    validFrom: registeredOn,
    recordedBy: "seed",
    ground: "seed",
    ...{ fullName, sex, ethnicity, nationality, personalId },
    dateOfBirth: person.dateOfBirth as PartialDate,
    communeList: COMMUNE_LIST,
    birthCommune: commune,
    homeCommune: commune,
    persons: {
      ...{ mother, father, withoutNotice: null },
      declarant: { fullName: father.fullName, personalId: null, relation: "FATHER" as const },
    },
  };
}

/** Numbers in the order of registration, in each commune and year from 1, and where the counting stands. */
function numbered(born: readonly SeededBirth[]) {
  const counters = new Map<string, typeof birthCounters.$inferInsert>();
  const numbers = [...born]
    .sort((a, b) => (a.registeredOn < b.registeredOn ? -1 : 1))
    .map(({ id, commune, registeredOn }) => {
      const year = Number(registeredOn.slice(0, 4));
      const last = (counters.get(`${commune} ${year}`)?.last ?? 0) + 1;
      counters.set(`${commune} ${year}`, { communeList: COMMUNE_LIST, commune, year, last });
      return { communeList: COMMUNE_LIST, commune, year, number: last, birthId: id };
    });
  return { numbers, counters: [...counters.values()] };
}

/** Synthetic entries of the demo, in order. */
export const seeds: readonly Seed[] = [{ name: "births-of-adults", apply: seedBirths }];
