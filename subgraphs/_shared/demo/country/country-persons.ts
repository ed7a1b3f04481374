import type { Commune } from "../../reference/communes.ts";
import { addDays, type LegalDay } from "../../reference/days.ts";
import { latestDay, type PartialDate } from "../../reference/partial-dates.ts";
import { type Sex, syntheticName, syntheticSurname } from "../population-names.ts";
import { dayIn, type SeededRandom } from "../population-random.ts";
import { countryId } from "./country-ids.ts";
import type { PersonalNumbers } from "./country-numbers.ts";
import type { Country, CountryPerson } from "./types.ts";

/** Facts that decide a person; the others are drawn. */
type Chosen = {
  sex: Sex;
  year: number;
  ethnicity: string;
  surname?: string;
  mother?: CountryPerson;
  father?: CountryPerson;
  diedOn?: LegalDay;
};

export type MakePerson = (chosen: Chosen, random: SeededRandom) => CountryPerson;

const LONGEST_DELAY_DAYS = 40;
/** Men born before 1975 of whom one in this number knows only the year of birth. */
const YEAR_ONLY = 12;

/** Makes the persons of a commune. `nextNumber` counts the persons of the country. */
export function personMaker(
  country: Country,
  { province }: Commune,
  numbers: PersonalNumbers,
  nextNumber: () => number,
): MakePerson {
  return ({ sex, year, ethnicity, mother, father, diedOn, ...chosen }, random) => {
    const number = nextNumber();
    const surname = chosen.surname ?? father?.surname ?? syntheticSurname(ethnicity, random);
    const isYearOnly = sex === "MALE" && year < 1975 && random.below(YEAR_ONLY) === 0;
    const day = (isYearOnly ? String(year) : dayBeforeWinter(year, random)) as PartialDate; // made up in that shape
    const bornRegisteredOn = addDays(latestDay(day), 3 + random.below(LONGEST_DELAY_DAYS));
    return {
      id: countryId(country, "PERSON", number, bornRegisteredOn),
      ...{ number, surname, sex, ethnicity, bornRegisteredOn, dateOfBirth: day, nationality: "VNM" as const },
      personalId: numbers({ sex, year, province }, random),
      fullName: syntheticName(ethnicity, sex, random, surname),
      ...{ mother: mother ?? null, father: father ?? null, diedOn: diedOn ?? null },
    };
  };
}

/** A day in the first ten months, so that the birth is registered in the same year. */
function dayBeforeWinter(year: number, random: SeededRandom): string {
  return dayIn(year, random).replace(/-1([12])-/, "-0$1-");
}
