import { uuidv7 } from "uuidv7";
import { families, SEEDED_COMMUNES } from "../_shared/demo/population.ts";
import { COMMUNE_LIST } from "../_shared/reference/communes.ts";
import type { LegalDay } from "../_shared/reference/days.ts";
import { insertMany } from "../_shared/registers/insert-many.ts";
import type { Tx } from "../_shared/serving/database.ts";
import type { Seed } from "../_shared/serving/subgraph.ts";
import { shop } from "./demo-shops.ts";
import { businesses, businessVersions, licences, licenceVersions } from "./tables.ts";

/** The shops of the synthetic population and their licences, entered once. */
async function seedBusinesses(tx: Tx): Promise<void> {
  const [present] = await tx.select({ id: businesses.id }).from(businesses).limit(1);
  if (present) return; // a database of before seeds were recorded
  const shops = SEEDED_COMMUNES.flatMap((commune) => families(commune)).flatMap((family) => {
    const found = shop(family);
    return found
      ? [{ ...found, household: family.household, ownerId: family[found.owner].personalId, id: uuidv7() }]
      : [];
  });
  const allLicences = shops.flatMap(({ id: businessId, licences }) =>
    licences.map((licence) => ({ ...licence, businessId, id: uuidv7() })),
  );
  const entered = (on: string) => ({ validFrom: on as LegalDay, recordedBy: "seed", ground: "seed" });
  await insertMany(
    tx,
    businesses,
    shops.map(({ id, code }) => ({ id, code })),
  );
  await insertMany(
    tx,
    businessVersions,
    shops.map(({ id, name, industry, registeredOn, ownerId, household }) => ({
      ...entered(registeredOn),
      businessId: id,
      name,
      kind: "HOUSEHOLD" as const,
      ownerPersonalId: ownerId,
      communeList: COMMUNE_LIST,
      communeCode: household.commune,
      addressLine: household.addressLine,
      industry,
      registeredOn: registeredOn as LegalDay,
    })),
  );
  await insertMany(
    tx,
    licences,
    allLicences.map(({ id, number, businessId, kind }) => ({ id, number, businessId, kind })),
  );
  await insertMany(
    tx,
    licenceVersions,
    allLicences.map(({ id, issuedOn, expiresOn }) => ({
      ...entered(issuedOn),
      licenceId: id,
      issuedOn: issuedOn as LegalDay,
      expiresOn: expiresOn as LegalDay | null,
    })),
  );
}

/** Synthetic entries of the demo, in order. */
export const seeds: readonly Seed[] = [{ name: "shops", apply: seedBusinesses }];
