import type { SubgraphDefinition } from "../_shared/serving/subgraph.ts";
import { type LandLoaders, landLoaders } from "./loaders.ts";
import { heldPapers } from "./papers.ts";
import { entities, resolvers } from "./resolvers.ts";
import { seeds } from "./seed.ts";
import * as tables from "./tables.ts";

export const definition: SubgraphDefinition<LandLoaders> = {
  name: "land",
  resolvers,
  entities,
  loaders: landLoaders,
  procedures: [],
  heldPapers,
  tables,
  seeds,
};
