import { countryId, countryRandom } from "../_shared/demo/country/country-ids.ts";
import { type CountryCommune, type CountryHousehold, coupleOf } from "../_shared/demo/country/types.ts";
import { COMMUNE_LIST } from "../_shared/reference/communes.ts";
import type { LegalDay } from "../_shared/reference/days.ts";
import { nameWords } from "../_shared/reference/name-words.ts";
import { insertMany } from "../_shared/registers/insert-many.ts";
import type { Tx } from "../_shared/serving/database.ts";
import { landUse, parcelIdNear } from "./demo-holdings.ts";
import { certificateHolders, certificates, certificateVersions, parcels, parcelVersions } from "./tables.ts";

/** Households with land: one in this number. */
const WITH_LAND = 3;
/** Sheets of the demo's parcels have smaller numbers. */
const FIRST_SHEET = 1_001;
const PARCELS_OF_A_SHEET = 100;
const YEARS_OF_CERTIFICATES = 20;

/** Enters the parcels of a commune of an invented country, each with its certificate. */
export async function enterCountry(tx: Tx, place: CountryCommune): Promise<void> {
  const owned = place.households
    .filter(({ number }) => number % WITH_LAND === 0)
    .map((each, n) => landOf(place, each, n));
  await insertMany(
    tx,
    parcels,
    owned.map(({ parcel }) => ({ id: parcel.parcelId })),
  );
  await insertMany(
    tx,
    parcelVersions,
    owned.map(({ parcel }) => parcel),
  );
  await insertMany(
    tx,
    certificates,
    owned.map(({ certificate: { id, serial }, parcel: { parcelId } }) => ({ id, serial, parcelId })),
  );
  await insertMany(
    tx,
    certificateVersions,
    owned.map(({ certificate: { id: certificateId, serial, issuedOn }, holders, entered }) => ({
      ...{ ...entered, certificateId, issuedOn, bookNumber: `CS ${serial.slice(3)}`, shareTotal: holders.length },
    })),
  );
  await insertMany(
    tx,
    certificateHolders,
    owned.flatMap(({ certificate: { id: certificateId }, holders }) =>
      holders.map(({ personalId, fullName }) => {
        return { certificateId, version: 1, personalId, fullName, nameWords: nameWords(fullName), shares: 1 };
      }),
    ),
  );
}

/** Parcel and certificate of a household. `n` counts the parcels of the commune. */
function landOf({ country, commune }: CountryCommune, household: CountryHousehold, n: number) {
  const { number } = household;
  const random = countryRandom(country, "CERTIFICATE", number);
  const couple = coupleOf(household);
  const use = landUse(commune, country.year - 1 - random.below(YEARS_OF_CERTIFICATES), random);
  const issuedOn = use.issuedOn as LegalDay; // made up in that shape
  const entered = { validFrom: issuedOn, recordedBy: "seed", ground: "seed" };
  return {
    entered,
    parcel: {
      ...{ ...entered, ...use, termEndsOn: use.termEndsOn as LegalDay | null },
      ...{ parcelId: parcelIdNear(commune.province, number), communeList: COMMUNE_LIST, communeCode: commune.code },
      ...{ sheetNo: FIRST_SHEET + Math.floor(n / PARCELS_OF_A_SHEET), parcelNo: 1 + (n % PARCELS_OF_A_SHEET) },
    },
    certificate: {
      id: countryId(country, "CERTIFICATE", number, issuedOn),
      serial: `BA ${10_000_000 + number}`,
      issuedOn,
    },
    holders: random.below(2) === 0 ? couple : couple.slice(0, 1),
  };
}
