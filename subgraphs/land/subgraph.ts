import { loadCommunes } from "../_shared/registers/communes.ts";
import type { SubgraphDefinition } from "../_shared/serving/subgraph.ts";
import { type LandLoaders, landLoaders } from "./loaders.ts";
import { CitizenLandResolver } from "./resolvers.ts";
import { seedLand } from "./seed.ts";
import { Citizen } from "./types.ts";

export const definition: SubgraphDefinition<LandLoaders> = {
  name: "land",
  resolvers: [CitizenLandResolver],
  entities: [{ type: Citizen, resolveReference: (reference: Citizen) => reference }],
  loaders: landLoaders,
  procedures: [],
  prepare: async (db, { demo }) => {
    await loadCommunes(db);
    if (demo) await seedLand(db);
  },
};
