import type { SubgraphDefinition } from "../../../subgraphs/_shared/serving/subgraph.ts";
import { type EducationLoaders, educationLoaders } from "./loaders.ts";
import { enrolment } from "./procedures/enrolment.ts";
import { CitizenEducationResolver, resolveEnrolment } from "./resolvers.ts";
import { seedEnrolments } from "./seed.ts";
import * as tables from "./tables.ts";
import { Citizen, Enrolment } from "./types.ts";

export const definition: SubgraphDefinition<EducationLoaders> = {
  name: "education",
  resolvers: [CitizenEducationResolver],
  entities: [
    { type: Citizen, resolveReference: (reference: Citizen) => reference },
    { type: Enrolment, resolveReference: resolveEnrolment },
  ],
  loaders: educationLoaders,
  procedures: [enrolment],
  tables,
  seeds: [{ name: "evening-classes", apply: seedEnrolments }],
};
