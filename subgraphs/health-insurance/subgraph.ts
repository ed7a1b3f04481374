import { PartsResolver } from "../_shared/parts/resolvers.ts";
import { loadCommunes } from "../_shared/registers/communes.ts";
import type { SubgraphDefinition } from "../_shared/serving/subgraph.ts";
import { childCardProcedure } from "./child-card-procedure.ts";
import { loadFacilityFile, loadSampleFacilities } from "./facilities.ts";
import { type HealthInsuranceLoaders, healthInsuranceLoaders } from "./loaders.ts";
import { CareFacilityResolver, CitizenHealthInsuranceResolver, resolveCard } from "./resolvers.ts";
import { seedCards } from "./seed.ts";
import { Citizen, HealthInsuranceCard } from "./types.ts";

export const definition = healthInsurance({});

/** `facilityFile`: the list of care facilities outside demo mode; without one no facility is known. */
export function healthInsurance({
  facilityFile,
}: {
  facilityFile?: string;
}): SubgraphDefinition<HealthInsuranceLoaders> {
  return {
    name: "health-insurance",
    resolvers: [CareFacilityResolver, CitizenHealthInsuranceResolver, PartsResolver],
    entities: [
      { type: Citizen, resolveReference: (reference: Citizen) => reference },
      { type: HealthInsuranceCard, resolveReference: resolveCard },
    ],
    loaders: healthInsuranceLoaders,
    procedures: [childCardProcedure(Math.random)],
    prepare: async (db, { demo, now }) => {
      await loadCommunes(db);
      if (demo) await loadSampleFacilities(db);
      else if (facilityFile) await loadFacilityFile(db, facilityFile);
      if (demo) await seedCards(db, now);
    },
  };
}
