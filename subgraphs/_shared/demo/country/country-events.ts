import type { LegalDay } from "../../reference/days.ts";
import { dayIn } from "../population-random.ts";
import { countryId, countryRandom } from "./country-ids.ts";
import { type Country, type CountryCommune, type CountryHousehold, type CountryPerson, coupleOf } from "./types.ts";

/** Households with a shop: one in this number. */
const WITH_SHOP = 10;
const FIRST_YEAR = 2015;
const AGE_TO_OPEN = 19;

/** Opening of a shop, which several agencies know of. */
export type CountryShop = { id: string; household: CountryHousehold; owner: CountryPerson; registeredOn: LegalDay };

/** The shops of a commune. They opened two years before the country's year at the latest, so that licences could be issued since. */
export function shopsOf({ country, households }: CountryCommune): CountryShop[] {
  return households
    .filter(({ number }) => number % WITH_SHOP === 0)
    .map((household) => {
      const [owner] = coupleOf(household);
      const random = countryRandom(country, "BUSINESS", household.number);
      const lastYear = country.year - 2;
      const opens = Math.min(lastYear, Math.max(FIRST_YEAR, Number(owner.dateOfBirth.slice(0, 4)) + AGE_TO_OPEN));
      const registeredOn = dayIn(opens + random.below(lastYear - opens + 1), random) as LegalDay; // made up in that shape
      return { id: countryId(country, "BUSINESS", household.number, registeredOn), household, owner, registeredOn };
    });
}

/** Id of the entry of a person in the register of births. */
export function birthId(country: Country, { number, bornRegisteredOn }: CountryPerson): string {
  return countryId(country, "BIRTH", number, bornRegisteredOn);
}
