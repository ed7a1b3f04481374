import { birthId, shopsOf } from "../../_shared/demo/country/country-events.ts";
import { type CountryCommune, type CountryPerson, personsOf } from "../../_shared/demo/country/types.ts";
import type { LegalDay } from "../../_shared/reference/days.ts";
import type { AgencyCode } from "../../agency-registry.ts";

/** An application of an invented country that was granted: what was applied for, by whom, when, and the register's entry. */
export type GrantedApplication = {
  procedure: string;
  agency: AgencyCode;
  applicant: CountryPerson;
  subjectName: string;
  parties: readonly string[];
  grantedOn: LegalDay;
  /** Entry of the register that the graph shows as the result; null where it shows none. */
  result: { type: "BirthRegistration"; id: string } | null;
};

const BIRTH_REGISTRATION = "1.001193";
const SHOP_REGISTRATION = "1.001612";
/** Births of the last year that a parent registered at the desk: one in this number. */
const AT_THE_DESK = 4;

/** Granted applications of a commune: births of the last year, and shops of the year in which the newest ones opened. */
export function applicationsOf(place: CountryCommune): GrantedApplication[] {
  return [...birthsAtTheDesk(place), ...newestShops(place)];
}

function birthsAtTheDesk(place: CountryCommune): GrantedApplication[] {
  const { country } = place;
  return personsOf(place).flatMap((child) => {
    const { mother, father, number, bornRegisteredOn, fullName, personalId } = child;
    const isNew = bornRegisteredOn >= `${country.year - 1}-01-01`;
    if (!mother || !father || !isNew || number % AT_THE_DESK !== 0) return [];
    return {
      ...{ procedure: BIRTH_REGISTRATION, agency: "CIVIL_STATUS" as const, applicant: father, subjectName: fullName },
      ...{ parties: [mother.personalId, personalId], grantedOn: bornRegisteredOn },
      result: { type: "BirthRegistration" as const, id: birthId(country, child) },
    };
  });
}

function newestShops(place: CountryCommune): GrantedApplication[] {
  return shopsOf(place)
    .filter(({ registeredOn }) => registeredOn >= `${place.country.year - 2}-01-01`)
    .map(({ owner, registeredOn }) => ({
      ...{ procedure: SHOP_REGISTRATION, agency: "BUSINESS" as const, applicant: owner, subjectName: owner.fullName },
      ...{ parties: [], grantedOn: registeredOn, result: null },
    }));
}
