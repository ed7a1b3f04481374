import type { SubgraphDefinition } from "../_shared/serving/subgraph.ts";
import { type BusinessLoaders, businessLoaders } from "./loaders.ts";
import { BusinessResolver, CitizenBusinessResolver } from "./resolvers.ts";
import { seedBusinesses } from "./seed.ts";
import * as tables from "./tables.ts";
import { Citizen } from "./types.ts";

export const definition: SubgraphDefinition<BusinessLoaders> = {
  name: "business",
  resolvers: [CitizenBusinessResolver, BusinessResolver],
  entities: [{ type: Citizen, resolveReference: (reference: Citizen) => reference }],
  loaders: businessLoaders,
  procedures: [],
  tables,
  seeds: [{ name: "shops", apply: seedBusinesses }],
};
