import { countryCommunes } from "../../subgraphs/_shared/demo/country/country.ts";
import type { Country } from "../../subgraphs/_shared/demo/country/types.ts";
import { type SubgraphName, subgraphs } from "../../subgraphs/agency-registry.ts";
import { openSeededAgency, type SeededAgency } from "./seeded-agency.ts";

export type SeedProgress = { citizens: number; communes: number };
type Options = {
  /** True to enter the country beside what the registers have. */
  add: boolean;
  now: Date;
  progressed(progress: SeedProgress): void;
};

/** A store that has data of another origin. */
export class StoreHasData extends Error {
  constructor(agencies: readonly string[]) {
    super(
      `The registers of ${agencies.join(", ")} have entries already. Use an empty store, or give --add to add to them`,
    );
  }
}

/**
 * Enters an invented country into the registers of all agencies, with the demo beside it. A run that was interrupted continues when it
 * is repeated with the same options.
 *
 * @throws StoreHasData
 */
export async function seedCountry(
  urls: Record<SubgraphName, string>,
  country: Country,
  { add, now, progressed }: Options,
): Promise<SeedProgress> {
  const agencies = await Promise.all(subgraphs.map(({ name }) => openSeededAgency(name, urls[name])));
  const mark = `country seed=${country.seed} citizens=${country.citizens} year=${country.year}`;
  try {
    if (!add) await refuseOtherEntries(agencies, mark);
    for (const agency of agencies) await agency.begin(mark);
    for (const agency of agencies) await agency.prepare(now);
    const progress = { citizens: 0, communes: 0 };
    progressed(progress);
    for (const place of countryCommunes(country)) {
      await Promise.all(agencies.map((agency) => agency.enter(mark, place)));
      progress.citizens += place.households.reduce((sum, { members }) => sum + members.length, 0);
      progress.communes++;
      progressed(progress);
    }
    await Promise.all(agencies.map((agency) => agency.analyze()));
    return progress;
  } finally {
    await Promise.all(agencies.map((agency) => agency.close()));
  }
}

async function refuseOtherEntries(agencies: readonly SeededAgency[], mark: string): Promise<void> {
  const found = await Promise.all(
    agencies.map(async (agency) => ((await agency.hasOtherEntries(mark)) ? agency.name : [])),
  );
  if (found.flat().length > 0) throw new StoreHasData(found.flat());
}
