import type { SubgraphDefinition } from "../_shared/serving/subgraph.ts";
import { readSerialRange, type SerialRange } from "./configuration.ts";
import { type ResidenceLoaders, residenceLoaders } from "./loaders.ts";
import { heldPapers } from "./papers.ts";
import { permanentResidence } from "./procedures/permanent-residence.ts";
import { personalNumber } from "./procedures/personal-number.ts";
import { entities, resolvers } from "./resolvers.ts";
import { seeds } from "./seed.ts";
import * as tables from "./tables.ts";

/** The agency, with the serials that it draws personal numbers from. */
export const residence = (range: SerialRange): SubgraphDefinition<ResidenceLoaders> => ({
  name: "residence",
  resolvers,
  entities,
  loaders: residenceLoaders,
  procedures: [personalNumber(range), permanentResidence],
  heldPapers,
  tables,
  seeds,
});

export const definition = residence(readSerialRange({}));
