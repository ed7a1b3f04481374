import { randomInt } from "node:crypto";
import { type FamilyInput, familyInputs } from "../../subgraphs/_shared/demo/population.ts";
import { type LegalDay, legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import type { DemoClient } from "./demo-client.ts";

const FAMILIES = 2_000;
const TRIES = 25;

const KNOWN = `query ($id: PersonalId!) { citizen(personalId: $id) { dossiers(first: 1) { totalCount } } }`;
const BUSINESSES = `query ($owner: PersonalId!) { citizen(personalId: $owner) { businesses { code } } }`;
const HOUSEHOLD = `query ($id: PersonalId!) { citizen(personalId: $id) { residency { household { code } } } }`;

/** Families of the demo whose life events the examples tell. */
export type ExampleFamilies = {
  client: DemoClient;
  today(): LegalDay;
  /** A couple without a dossier yet; after many tries any couple. */
  unusedFamily(): Promise<FamilyInput>;
  /** A family without a dossier whose mother has no business; after many tries any family. */
  familyWithoutBusiness(): Promise<FamilyInput>;
  /** Code of the household in which a person lives. */
  householdOf(personalId: string): Promise<string>;
};

export function exampleFamilies(client: DemoClient, now: () => Date): ExampleFamilies {
  async function unusedFamily(): Promise<FamilyInput> {
    for (let attempt = 1; ; attempt++) {
      const [family] = familyInputs(1, randomInt(1, FAMILIES));
      if (!family) throw new Error("The demo population is empty");
      type Known = { dossiers: { totalCount: number } | null };
      const parents = await Promise.all(
        [family.mother, family.father].map(({ personalId: id }) => client.ask<Known>("clerk", KNOWN, { id })),
      );
      if (parents.every(({ dossiers }) => dossiers?.totalCount === 0) || attempt === TRIES) return family;
    }
  }

  async function familyWithoutBusiness(): Promise<FamilyInput> {
    type Owner = { businesses: unknown[] | null };
    for (let attempt = 1; ; attempt++) {
      const family = await unusedFamily();
      const owner = family.mother.personalId;
      const { businesses } = await client.ask<Owner>("clerk", BUSINESSES, { owner });
      if (businesses?.length === 0 || attempt === TRIES) return family;
    }
  }

  async function householdOf(personalId: string): Promise<string> {
    type Home = { residency: { household: { code: string } } };
    const { residency } = await client.ask<Home>("clerk", HOUSEHOLD, { id: personalId });
    return residency.household.code;
  }

  return { client, today: () => legalDayOf(now()), unusedFamily, familyWithoutBusiness, householdOf };
}
