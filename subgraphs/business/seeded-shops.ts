import type { SeededPerson } from "../_shared/demo/seeded-family.ts";
import { COMMUNE_LIST } from "../_shared/reference/communes.ts";
import { addDays, type LegalDay } from "../_shared/reference/days.ts";
import { nameWords } from "../_shared/reference/name-words.ts";
import { insertMany } from "../_shared/registers/insert-many.ts";
import type { Tx } from "../_shared/serving/database.ts";
import { industryListOn } from "./businesses/lines.ts";
import type { SeededShop } from "./demo-shops.ts";
import { LICENCE_KINDS, type LicenceKind } from "./licences/licence-kinds.ts";
import { licences, licenceVersions } from "./licences/tables.ts";
import { businesses, businessLines, businessPeople, businessVersions } from "./tables.ts";

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
  await insertMany(
    tx,
    businessVersions,
    shops.map(({ id, name, registeredOn, household }) => ({
      ...entered(registeredOn),
      ...{ businessId: id, name, nameWords: nameWords(name), kind: "HOUSEHOLD" as const, capital: CAPITAL },
      ...{ communeList: COMMUNE_LIST, communeCode: household.commune, addressLine: household.addressLine },
      ...{ registeredOn: registeredOn as LegalDay, peopleCount: 1, lineCount: 1 },
    })),
  );
  await insertMany(
    tx,
    businessPeople,
    shops.map(({ id: businessId, person: { personalId, fullName } }) => {
      return { businessId, version: 1, role: "OWNER" as const, personalId, fullName, nameWords: nameWords(fullName) };
    }),
  );
  await insertMany(
    tx,
    businessLines,
    shops.map(({ id: businessId, industry: code, registeredOn }) => {
      return { businessId, version: 1, place: 1, list: industryListOn(registeredOn as LegalDay), code };
    }),
  );
  await enterLicences(tx, shops);
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
