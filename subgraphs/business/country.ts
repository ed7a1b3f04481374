import { type CountryShop, shopsOf } from "../_shared/demo/country/country-events.ts";
import { countryId, countryRandom } from "../_shared/demo/country/country-ids.ts";
import type { CountryCommune } from "../_shared/demo/country/types.ts";
import type { Tx } from "../_shared/serving/database.ts";
import { shopOf } from "./demo-shops.ts";
import { enterShops, type NewShop } from "./seeded-shops.ts";

/** A shop has fewer licences. */
const LICENCE_IDS = 8;

/** Enters the household businesses of a commune of an invented country, with their licences. */
export async function enterCountry(tx: Tx, place: CountryCommune): Promise<void> {
  await enterShops(
    tx,
    shopsOf(place).map((opened) => newShop(place, opened)),
  );
}

function newShop({ country, commune }: CountryCommune, { id, household, owner, registeredOn }: CountryShop): NewShop {
  const { number, code: householdCode, addressLine } = household;
  const random = countryRandom(country, "LICENCE", number);
  // the licences are issued in the year before the country's at the latest
  const shop = shopOf(owner, { householdCode, lastYear: country.year - 2, registeredOn }, random);
  return {
    ...{ ...shop, id, person: owner, household: { commune: commune.code, addressLine } },
    licenceIds: shop.licences.map(({ issuedOn }, n) =>
      countryId(country, "LICENCE", number * LICENCE_IDS + n, issuedOn),
    ),
  };
}
