import { communeOf } from "../../_shared/registers/commune-type.ts";
import type { BirthPersons } from "../contents.ts";
import type { birthVersions } from "../tables.ts";
import type { BirthFacts } from "./types.ts";

export function birthFactsOf(row: typeof birthVersions.$inferSelect, persons: BirthPersons): BirthFacts {
  const { birthId, version, validFrom, fullName, sex, dateOfBirth, ethnicity, nationality, personalId } = row;
  const { birthFacility, birthCommune, birthCountry, homeCommune } = row;
  return {
    ...{
      id: `${birthId}/${version}`,
      version,
      validFrom,
      fullName,
      sex,
      dateOfBirth,
      ethnicity,
      nationality,
      personalId,
    },
    placeOfBirth: {
      facilityName: persons.facilityName ?? birthFacility,
      commune: birthCommune === null ? null : communeOf(birthCommune),
      country: birthCountry,
    },
    homeCommune: homeCommune === null ? null : communeOf(homeCommune),
    ...{ mother: persons.mother, father: persons.father },
  };
}
