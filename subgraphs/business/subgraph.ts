import { loadCommunes } from "../_shared/registers/communes.ts";
import type { SubgraphDefinition } from "../_shared/serving/subgraph.ts";
import { type BusinessLoaders, businessLoaders } from "./loaders.ts";
import { BusinessResolver, CitizenBusinessResolver } from "./resolvers.ts";
import { seedBusinesses } from "./seed.ts";
import { Citizen } from "./types.ts";

export const definition: SubgraphDefinition<BusinessLoaders> = {
  name: "business",
  resolvers: [CitizenBusinessResolver, BusinessResolver],
  entities: [{ type: Citizen, resolveReference: (reference: Citizen) => reference }],
  loaders: businessLoaders,
  procedures: [],
  prepare: async (db, { demo }) => {
    await loadCommunes(db);
    if (demo) await seedBusinesses(db);
  },
};
