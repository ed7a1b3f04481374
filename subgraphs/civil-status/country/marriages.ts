import { countryId } from "../../_shared/demo/country/country-ids.ts";
import type { CountryCommune, CountryPerson } from "../../_shared/demo/country/types.ts";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { insertMany } from "../../_shared/registers/insert-many.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { marriages, marriageVersions } from "../marriages/tables.ts";
import { recordedPerson } from "./recorded-person.ts";
import { enterActs } from "./seeded-acts.ts";

type Couple = { id: string; husband: CountryPerson; wife: CountryPerson; marriedOn: LegalDay; line: string };

/** Id of the marriage of a husband, who has one at most. */
export function marriageId({ country }: CountryCommune, husband: CountryPerson, marriedOn: LegalDay): string {
  return countryId(country, "MARRIAGE", husband.number, marriedOn);
}

/** Enters the marriages of a commune, numbered in its books. */
export async function enterMarriages(tx: Tx, place: CountryCommune): Promise<void> {
  const { commune } = place;
  const couples: Couple[] = place.households.flatMap(({ addressLine: line, marriages: own }) =>
    own.map((couple) => ({ ...couple, line, id: marriageId(place, couple.husband, couple.marriedOn) })),
  );
  await enterActs(
    tx,
    "MARRIAGE",
    commune.code,
    couples.map(({ id, marriedOn }) => ({ id, registeredOn: marriedOn, entries: [id] })),
  );
  await insertMany(
    tx,
    marriages,
    couples.map(({ id, husband, wife, marriedOn }) => ({
      ...{ id, kind: "REGISTERED" as const, registeredOn: marriedOn, marriedOn },
      ...{ husbandKey: husband.personalId, wifeKey: wife.personalId },
      ...{ office: commune.code, officeProvince: commune.province },
    })),
  );
  await insertMany(
    tx,
    marriageVersions,
    couples.map(({ id, husband, wife, marriedOn, line }) => {
      const residence = { line, commune: commune.code };
      return {
        ...{ marriageId: id, actId: id, validFrom: marriedOn, recordedBy: "seed", ground: "seed" },
        ...{ husbandName: husband.fullName, wifeName: wife.fullName },
        details: {
          husband: recordedPerson(husband, residence),
          wife: recordedPerson(wife, residence),
          formerRegistration: null,
        },
      };
    }),
  );
}
