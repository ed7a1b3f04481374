import { uuidv7 } from "uuidv7";
import { families, SEEDED_COMMUNES } from "../_shared/demo/population.ts";
import { insertMany } from "../_shared/registers/insert-many.ts";
import type { Tx } from "../_shared/serving/database.ts";
import type { Seed } from "../_shared/serving/subgraph.ts";
import { industryListOn } from "./businesses/lines.ts";
import { enterVersions } from "./businesses/new-version.ts";
import { demoEnterprise } from "./demo-enterprise.ts";
import { shop } from "./demo-shops.ts";
import { entered, enterShops } from "./seeded-shops.ts";
import { businesses } from "./tables.ts";

/** The shops of the synthetic population and their licences, entered once. */
async function seedBusinesses(tx: Tx): Promise<void> {
  const [present] = await tx.select({ id: businesses.id }).from(businesses).limit(1);
  if (present) return; // a database of before seeds were recorded
  const shops = SEEDED_COMMUNES.flatMap((commune) => families(commune)).flatMap((family) => {
    const found = shop(family);
    if (!found) return [];
    const ids = { id: uuidv7(), licenceIds: found.licences.map(() => uuidv7()) };
    return [{ ...found, ...ids, household: family.household, person: family[found.owner] }];
  });
  await enterShops(tx, shops);
}

/** An enterprise of two persons of the population with a suspended branch, so that the demo shows both. */
async function seedEnterprise(tx: Tx): Promise<void> {
  const units = demoEnterprise();
  await insertMany(
    tx,
    businesses,
    units.map(({ id, code, parentId }) => ({ id, code, parentId })),
  );
  await enterVersions(
    tx,
    units.map(
      ({ id: businessId, code: _, parentId: __, person: { personalId, fullName }, role, industry, ...unit }) => {
        const people = [{ role, personalId, fullName }];
        const lines = [{ list: industryListOn(unit.registeredOn), code: industry }];
        const facts = { ...unit, changeNumber: 0, people, lines };
        return { ...entered(unit.registeredOn), businessId, version: 1, facts };
      },
    ),
  );
}

/** Synthetic entries of the demo, in order. */
export const seeds: readonly Seed[] = [
  { name: "shops", apply: seedBusinesses },
  { name: "enterprise", apply: seedEnterprise },
];
