import type { SubgraphDefinition } from "../_shared/serving/subgraph.ts";
import { loadFacilityFile } from "./facilities.ts";
import { type HealthInsuranceLoaders, healthInsuranceLoaders } from "./loaders.ts";
import { heldPapers } from "./papers.ts";
import { childCardProcedure } from "./procedures/child-card.ts";
import { entities, resolvers } from "./resolvers.ts";
import { seeds } from "./seed.ts";
import * as tables from "./tables.ts";

/** The agency, with the file of its care facilities; without one it knows only those of the demo's seeds. */
export const healthInsurance = (facilityFile?: string): SubgraphDefinition<HealthInsuranceLoaders> => ({
  name: "health-insurance",
  resolvers,
  entities,
  loaders: healthInsuranceLoaders,
  procedures: [childCardProcedure(Math.random)],
  heldPapers,
  tables,
  seeds,
  prepare: async (db) => {
    if (facilityFile) await loadFacilityFile(db, facilityFile);
  },
});

export const definition = healthInsurance();
