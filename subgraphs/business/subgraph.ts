import type { SubgraphDefinition } from "../_shared/serving/subgraph.ts";
import { type BusinessLoaders, businessLoaders } from "./loaders.ts";
import { heldPapers } from "./papers.ts";
import { entities, resolvers } from "./resolvers.ts";
import { seeds } from "./seed.ts";
import * as tables from "./tables.ts";

export const definition: SubgraphDefinition<BusinessLoaders> = {
  name: "business",
  resolvers,
  entities,
  loaders: businessLoaders,
  procedures: [],
  heldPapers,
  tables,
  seeds,
};
