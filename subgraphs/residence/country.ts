import { countryId } from "../_shared/demo/country/country-ids.ts";
import {
  type CountryCommune,
  type CountryHousehold,
  type CountryMember,
  type CountryPerson,
  personsOf,
} from "../_shared/demo/country/types.ts";
import { COMMUNE_LIST } from "../_shared/reference/communes.ts";
import type { LegalDay } from "../_shared/reference/days.ts";
import { soundOf } from "../_shared/reference/name-likeness.ts";
import type { PartialDate } from "../_shared/reference/partial-dates.ts";
import { insertMany } from "../_shared/registers/insert-many.ts";
import type { Tx } from "../_shared/serving/database.ts";
import { households, householdVersions, persons, personVersions, residencies, residencyVersions } from "./tables.ts";

const entered = (validFrom: LegalDay) => ({ validFrom, recordedBy: "seed", ground: "seed" });
/** Personal numbers of the registered parents. */
const guardiansOf = ({ mother, father }: CountryPerson) => [mother, father].flatMap((each) => each?.personalId ?? []);

/** Enters the persons and households of a commune of an invented country. */
export async function enterCountry(tx: Tx, place: CountryCommune): Promise<void> {
  await enterPersons(tx, personsOf(place));
  const { commune, households: homes } = place;
  await insertMany(
    tx,
    households,
    homes.map(({ id, code }) => ({ id, code })),
  );
  await insertMany(
    tx,
    householdVersions,
    homes.flatMap(({ id: householdId, enteredOn, addressLine, members: [head] }) =>
      head
        ? {
            ...{ ...entered(enteredOn), householdId, headPersonId: head.person.id },
            ...{ addressLine, communeList: COMMUNE_LIST, communeCode: commune.code },
          }
        : [],
    ),
  );
  await enterResidencies(tx, place);
}

async function enterPersons(tx: Tx, people: readonly CountryPerson[]): Promise<void> {
  await insertMany(
    tx,
    persons,
    people.map((person) => ({ id: person.id, personalId: person.personalId, guardians: guardiansOf(person) })),
  );
  await insertMany(
    tx,
    personVersions,
    people.map(({ id, fullName, dateOfBirth, sex, ethnicity, nationality, mother, father, bornRegisteredOn }) => ({
      ...{ ...entered(bornRegisteredOn), personId: id, fullName, sex, ethnicity, nationality },
      dateOfBirth: dateOfBirth as PartialDate, // made up in that shape
      motherPersonalId: mother?.personalId ?? null,
      fatherPersonalId: father?.personalId ?? null,
      nameSound: soundOf(fullName),
    })),
  );
}

async function enterResidencies(tx: Tx, { country, households: homes }: CountryCommune): Promise<void> {
  const stays = homes.flatMap((household) =>
    [...household.members, ...(household.late ? [household.late] : [])].map((member) => ({
      ...{ household, member },
      id: countryId(country, "RESIDENCY", member.person.number, member.registeredOn),
    })),
  );
  await insertMany(
    tx,
    residencies,
    stays.map(({ id, member: { person } }) => ({ id, personId: person.id, guardians: guardiansOf(person) })),
  );
  await insertMany(
    tx,
    residencyVersions,
    stays.map(({ id, household, member }) => ({
      ...firstVersion(id, household, member),
      ...{ version: 1, validTo: null, strikeOff: null },
    })),
  );
  await insertMany(
    tx,
    residencyVersions,
    stays.flatMap(({ id, household, member }) => {
      const { diedOn } = member.person;
      if (!diedOn) return [];
      const struckOff = { version: 2, validFrom: diedOn, validTo: diedOn, strikeOff: "DEATH" as const };
      return { ...firstVersion(id, household, member), ...struckOff };
    }),
  );
}

function firstVersion(residencyId: string, { id }: CountryHousehold, { relation, registeredOn }: CountryMember) {
  return {
    ...{ ...entered(registeredOn), residencyId, householdId: id, relationToHead: relation },
    ...{ kind: "PERMANENT" as const, registeredOn },
  };
}
