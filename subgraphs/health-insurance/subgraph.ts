import type { SubgraphDefinition } from "../_shared/serving/subgraph.ts";
import { loadFacilityFile, loadSampleFacilities } from "./facilities.ts";
import { type HealthInsuranceLoaders, healthInsuranceLoaders } from "./loaders.ts";
import { childCardProcedure } from "./procedures/child-card.ts";
import { CareFacilityResolver, CitizenHealthInsuranceResolver, resolveCard } from "./resolvers.ts";
import { seedCards } from "./seed.ts";
import * as tables from "./tables.ts";
import { Citizen, HealthInsuranceCard } from "./types.ts";

export const definition = healthInsurance({});

/** `facilityFile` lists the care facilities; without it only those of the demo's seeds are known. */
export function healthInsurance({
  facilityFile,
}: {
  facilityFile?: string;
}): SubgraphDefinition<HealthInsuranceLoaders> {
  return {
    name: "health-insurance",
    resolvers: [CareFacilityResolver, CitizenHealthInsuranceResolver],
    entities: [
      { type: Citizen, resolveReference: (reference: Citizen) => reference },
      { type: HealthInsuranceCard, resolveReference: resolveCard },
    ],
    loaders: healthInsuranceLoaders,
    procedures: [childCardProcedure(Math.random)],
    tables,
    prepare: async (db) => {
      if (facilityFile) await loadFacilityFile(db, facilityFile);
    },
    seeds: [
      { name: "care-facilities", apply: loadSampleFacilities },
      { name: "cards-of-adults", apply: seedCards },
    ],
  };
}
