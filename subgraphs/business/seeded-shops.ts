import type { SeededPerson } from "../_shared/demo/seeded-family.ts";
import { addDays, type LegalDay } from "../_shared/reference/days.ts";
import { insertMany } from "../_shared/registers/insert-many.ts";
import type { Tx } from "../_shared/serving/database.ts";
import { industryListOn } from "./businesses/lines.ts";
import { enterVersions, type Facts, FIRST_FACTS } from "./businesses/new-version.ts";
import type { SeededShop } from "./demo-shops.ts";
import { LICENCE_KINDS, type LicenceKind } from "./licences/licence-kinds.ts";
import { licences, licenceVersions } from "./licences/tables.ts";
import { businesses } from "./tables.ts";

const CAPITAL = 50_000_000;
const ISSUER = "Cơ quan cấp phép mẫu";

/** Validity and author of a seeded version. */
export const entered = (on: string) => ({ validFrom: on as LegalDay, recordedBy: "seed", ground: "seed" });

/** Invented shop of a person at the address of the household. */
export type NewShop = SeededShop & {
  id: string;
  /** One for each licence. */
  licenceIds: readonly string[];
  person: SeededPerson;
  household: { commune: string; addressLine: string };
};

/** Enters invented shops with their licences. */
export async function enterShops(tx: Tx, shops: readonly NewShop[]): Promise<void> {
  await insertMany(
    tx,
    businesses,
    shops.map(({ id, code }) => ({ id, code })),
  );
  await enterVersions(
    tx,
    shops.map((shop) => ({ ...entered(shop.registeredOn), businessId: shop.id, version: 1, facts: factsOf(shop) })),
  );
  await enterLicences(tx, shops);
}

function factsOf({ name, industry: code, registeredOn: day, person, household }: NewShop): Facts {
  const registeredOn = day as LegalDay;
  const { personalId, fullName } = person;
  return {
    ...{ ...FIRST_FACTS, kind: "HOUSEHOLD", name, capital: CAPITAL, registeredOn },
    ...{ communeCode: household.commune, addressLine: household.addressLine },
    people: [{ role: "OWNER", personalId, fullName }],
    lines: [{ list: industryListOn(registeredOn), code }],
  };
}

async function enterLicences(tx: Tx, shops: readonly NewShop[]): Promise<void> {
  const all = shops.flatMap(({ id: businessId, licenceIds, licences: own }) =>
    own.map((licence, n) => ({ ...licence, businessId, id: licenceIds[n] ?? "" })),
  );
  await insertMany(
    tx,
    licences,
    all.map(({ id, number, businessId, kind }) => ({ id, number, businessId, kind })),
  );
  await insertMany(
    tx,
    licenceVersions,
    all.map(({ id, kind, issuedOn, expiresOn }) => ({
      ...entered(issuedOn),
      ...{ licenceId: id, issuedOn: issuedOn as LegalDay, expiresOn: expiresOn as LegalDay | null },
      issuer: ISSUER,
      renewBy: renewBy(kind, expiresOn),
    })),
  );
}

function renewBy(kind: LicenceKind, expiresOn: string | null): LegalDay | null {
  return expiresOn === null ? null : addDays(expiresOn as LegalDay, -LICENCE_KINDS[kind].term.renewBeforeDays);
}
