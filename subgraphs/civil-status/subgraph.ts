import type { SubgraphDefinition } from "../_shared/serving/subgraph.ts";
import { knowSampleFacilities } from "./known-facilities.ts";
import { type CivilStatusLoaders, civilStatusLoaders } from "./loaders.ts";
import { heldPapers } from "./papers.ts";
import { birthRegistration } from "./procedures/birth-registration.ts";
import { personalNumberNotice } from "./procedures/personal-number-notice.ts";
import { entities, resolvers } from "./resolvers.ts";
import { seeds } from "./seed.ts";
import * as tables from "./tables.ts";

export const definition: SubgraphDefinition<CivilStatusLoaders> = {
  name: "civil-status",
  resolvers,
  entities,
  loaders: civilStatusLoaders,
  procedures: [birthRegistration, personalNumberNotice],
  heldPapers,
  tables,
  seeds,
  prepare: knowSampleFacilities,
};
