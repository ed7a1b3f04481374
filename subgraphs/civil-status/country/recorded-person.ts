import type { CountryPerson } from "../../_shared/demo/country/types.ts";
import type { PersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import type { PartialDate } from "../../_shared/reference/partial-dates.ts";
import type { RecordedAddress, RecordedPerson } from "../persons/recorded.ts";

/** A person of an invented country as entries of marriages and deaths keep one. */
export function recordedPerson(
  { fullName, dateOfBirth, personalId, ethnicity, nationality }: CountryPerson,
  residence: RecordedAddress,
): RecordedPerson {
  // made up by the same rules as the population: nothing left to parse
  return {
    ...{ fullName, ethnicity, nationality, residence },
    personalId: personalId as PersonalId,
    dateOfBirth: dateOfBirth as PartialDate,
  };
}
