import type { SubgraphDefinition } from "../_shared/serving/subgraph.ts";
import { type LandLoaders, landLoaders } from "./loaders.ts";
import { CitizenLandResolver } from "./resolvers.ts";
import { seedLand } from "./seed.ts";
import * as tables from "./tables.ts";
import { Citizen } from "./types.ts";

export const definition: SubgraphDefinition<LandLoaders> = {
  name: "land",
  resolvers: [CitizenLandResolver],
  entities: [{ type: Citizen, resolveReference: (reference: Citizen) => reference }],
  loaders: landLoaders,
  procedures: [],
  tables,
  seeds: [{ name: "land-holdings", apply: seedLand }],
};
