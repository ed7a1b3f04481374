import type { SubgraphDefinition } from "../_shared/serving/subgraph.ts";
import { readSerialRange, type SerialRange } from "./configuration.ts";
import { type ResidenceLoaders, residenceLoaders } from "./loaders.ts";
import { permanentResidence } from "./procedures/permanent-residence.ts";
import { personalNumber } from "./procedures/personal-number.ts";
import { CitizenResidenceResolver, HouseholdResolver, ResidencyResolver } from "./resolvers.ts";
import { seedResidence } from "./seed.ts";
import * as tables from "./tables.ts";
import { Citizen, Residency } from "./types.ts";

/** The agency, with the serials it draws personal numbers from. */
export const residence = (range: SerialRange): SubgraphDefinition<ResidenceLoaders> => ({
  name: "residence",
  resolvers: [CitizenResidenceResolver, ResidencyResolver, HouseholdResolver],
  entities: [
    { type: Citizen, resolveReference: (reference: Citizen) => reference },
    { type: Residency, resolveReference: (reference: Residency) => reference },
  ],
  loaders: residenceLoaders,
  procedures: [personalNumber(range), permanentResidence],
  tables,
  seeds: [{ name: "persons-and-households", apply: seedResidence }],
});

export const definition = residence(readSerialRange({}));
