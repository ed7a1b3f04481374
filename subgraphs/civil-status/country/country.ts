import type { CountryCommune } from "../../_shared/demo/country/types.ts";
import type { Tx } from "../../_shared/serving/database.ts";
import { enterBirths } from "./births.ts";
import { enterDeaths } from "./deaths.ts";
import { enterMarriages } from "./marriages.ts";

/** Enters the births, marriages and deaths of a commune of an invented country. */
export async function enterCountry(tx: Tx, place: CountryCommune): Promise<void> {
  await enterBirths(tx, place);
  await enterMarriages(tx, place);
  await enterDeaths(tx, place);
}
