import { countryId } from "../../_shared/demo/country/country-ids.ts";
import type { CountryCommune } from "../../_shared/demo/country/types.ts";
import { addDays, type LegalDay } from "../../_shared/reference/days.ts";
import { asPartial, type PartialDate } from "../../_shared/reference/partial-dates.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import type { DeathDetails } from "../deaths/read-death.ts";
import { deaths, deathVersions } from "../deaths/tables.ts";
import { marriageEnds } from "../marriages/tables.ts";
import { marriageId } from "./marriages.ts";
import { recordedPerson } from "./recorded-person.ts";
import { enterActs } from "./seeded-acts.ts";

/** Days between a death and its registration. */
const DELAY_DAYS = 2;

/** Enters the deaths of a commune, numbered in its books. Each ends the marriage of the deceased. */
export async function enterDeaths(tx: Tx, place: CountryCommune): Promise<void> {
  const { commune } = place;
  const died = place.households.flatMap((household) => deathIn(place, household));
  await enterActs(
    tx,
    "DEATH",
    commune.code,
    died.map(({ id, registeredOn, marriage }) => ({ id, registeredOn, entries: [id, marriage] })),
  );
  await insertMany(
    tx,
    marriageEnds,
    died.map(({ id: actId, marriage, diedOn }) => ({
      ...{ marriageId: marriage, actId, cause: "DEATH" as const, endedOn: asPartial(diedOn) },
    })),
  );
  await insertMany(
    tx,
    deaths,
    died.map(({ id, registeredOn, details: { deceased, declarant } }) => ({
      ...{ id, kind: "REGISTERED" as const, registeredOn, deceasedKey: deceased.personalId ?? id },
      ...{ personalId: deceased.personalId, declarant: declarant.personalId },
      ...{ office: commune.code, officeProvince: commune.province },
    })),
  );
  await insertMany(
    tx,
    deathVersions,
    died.map(({ id, person, registeredOn, diedOn, details }) => ({
      ...{ deathId: id, actId: id, validFrom: registeredOn, recordedBy: "seed", ground: "seed" },
      ...{ fullName: person.fullName, sex: person.sex, diedOn: asPartial(diedOn), details },
      dateOfBirth: person.dateOfBirth as PartialDate, // made up in that shape
    })),
  );
}

/** The death in a household, if there is one, with the marriage that it ended. */
function deathIn(place: CountryCommune, { late, marriages, addressLine: line }: CountryCommune["households"][number]) {
  const person = late?.person;
  const ended = marriages.find(({ husband, wife }) => husband === person || wife === person);
  if (!person?.diedOn || !ended) return [];
  const { commune, country } = place;
  const survivor = ended.husband === person ? ended.wife : ended.husband;
  const home = { line, commune: commune.code };
  const relation = survivor === ended.wife ? "Vợ" : "Chồng";
  const details: DeathDetails = {
    ...{ deceased: recordedPerson(person, home), diedAt: null, place: home, cause: "Bệnh già" },
    ...{ notice: null, withoutNotice: "Văn bản xác nhận của người làm chứng (mẫu)", formerRegistration: null },
    declarant: { fullName: survivor.fullName, personalId: survivor.personalId, relation },
  };
  return [
    {
      id: countryId(country, "DEATH", person.number, person.diedOn),
      marriage: marriageId(place, ended.husband, ended.marriedOn),
      registeredOn: addDays(person.diedOn as LegalDay, DELAY_DAYS),
      ...{ person, diedOn: person.diedOn, details },
    },
  ];
}
