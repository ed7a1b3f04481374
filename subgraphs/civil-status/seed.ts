import { families, SEEDED_COMMUNES, type SeededPerson } from "../_shared/demo/population.ts";
import { type Chance, chanceOf, dayIn, seededUuid } from "../_shared/demo/population-chance.ts";
import { type Sex, syntheticName } from "../_shared/demo/population-names.ts";
import { COMMUNE_LIST } from "../_shared/reference/communes.ts";
import { addDays, type LegalDay } from "../_shared/reference/days.ts";
import { latestDay, type PartialDate } from "../_shared/reference/partial-dates.ts";
import type { PersonName } from "../_shared/reference/person-names.ts";
import type { Tx } from "../_shared/serving/database.ts";
import { motherKey } from "./births.ts";
import { insertMany } from "./bulk.ts";
import type { RecordedParent } from "./contents.ts";
import { birthCounters, birthNumbers, births, birthVersions, citizenNumbers } from "./tables.ts";

/** Far from the numbers that the population itself uses for its UUIDs and its chance. */
const OWN_NUMBERS = 50_000_000;

type SeededBirth = {
  id: string;
  person: SeededPerson;
  commune: string;
  registeredOn: LegalDay;
  mother: RecordedParent;
  father: RecordedParent;
};

/** The births of the synthetic adults, as if registered long ago; entered once. */
export async function seedBirths(tx: Tx): Promise<void> {
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
  const chance = chanceOf(number);
  const dateOfBirth = person.dateOfBirth as PartialDate; // made up in that shape
  return {
    id: seededUuid(number),
    person,
    commune,
    registeredOn: addDays(latestDay(dateOfBirth), 3 + chance.below(40)),
    mother: parentOf("FEMALE", person, chance),
    father: parentOf("MALE", person, chance),
  };
}

function parentOf(sex: Sex, { dateOfBirth, ethnicity, nationality }: SeededPerson, chance: Chance): RecordedParent {
  const year = Number(dateOfBirth.slice(0, 4)) - 20 - chance.below(15);
  // made up by the same rules as the population: nothing left to parse
  return {
    fullName: syntheticName(ethnicity, sex, chance) as PersonName,
    dateOfBirth: dayIn(year, chance) as PartialDate,
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
    motherKey: motherKey(mother),
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
    mother,
    father,
    declarant: { fullName: father.fullName, personalId: null, relation: "FATHER" },
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
