import type { PartialDate } from "../../_shared/reference/partial-dates.ts";
import { sameName } from "../../_shared/reference/person-names.ts";
import { agencyOf } from "../../_shared/registers/agency-type.ts";
import type { RecordedPerson } from "../../_shared/registers/recorded-person-type.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import type { Citizen, IdentityFact, RecordDiscrepancy } from "./types.ts";

type Source = readonly [agency: AgencyCode, recorded: Partial<RecordedPerson> | null | undefined];

/**
 * Facts on which the registers differ. A source without the fact is not compared; a year or month of birth agrees with a day in it. None
 * of the sources is preferred.
 */
export function discrepanciesOf(citizen: Citizen): RecordDiscrepancy[] {
  const sources: Source[] = [
    ["RESIDENCE", citizen],
    ["CIVIL_STATUS", citizen.recordedAtBirth],
    ["HEALTH_INSURANCE", citizen.recordedOnCard],
  ];
  return [
    ...differing("FULL_NAME", sources, ({ fullName }) => fullName, sameName),
    ...differing("DATE_OF_BIRTH", sources, ({ dateOfBirth }) => dateOfBirth, agree),
  ];
}

function differing<Value extends string>(
  fact: IdentityFact,
  sources: readonly Source[],
  factOf: (recorded: Partial<RecordedPerson>) => Value | null | undefined,
  isSame: (a: Value, b: Value) => boolean,
): RecordDiscrepancy[] {
  const known = sources.flatMap(([agency, recorded]) => {
    const text = recorded && factOf(recorded);
    return text ? [{ agency: agencyOf(agency), text }] : [];
  });
  const isAgreed = known.every((one, place) => known.slice(place + 1).every((other) => isSame(one.text, other.text)));
  return isAgreed ? [] : [{ fact, values: known }];
}

/** True if two partial dates may be the same day. */
function agree(one: PartialDate, other: PartialDate): boolean {
  return one.startsWith(other) || other.startsWith(one);
}
