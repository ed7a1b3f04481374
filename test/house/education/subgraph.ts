import type { SubgraphDefinition } from "../../../subgraphs/_shared/serving/subgraph.ts";
import { type EducationLoaders, educationLoaders } from "./loaders.ts";
import { enrolment } from "./procedures/enrolment.ts";
import { eveningClass } from "./procedures/evening-class.ts";
import { entities, resolvers } from "./resolvers.ts";
import { seeds } from "./seed.ts";
import * as tables from "./tables.ts";

export const definition: SubgraphDefinition<EducationLoaders> = {
  name: "education",
  resolvers,
  entities,
  loaders: educationLoaders,
  procedures: [enrolment, eveningClass],
  tables,
  seeds,
};
