import { facilityPlaces } from "../_shared/reference/facilities.ts";
import type { SubgraphDefinition } from "../_shared/serving/subgraph.ts";
import { knowFacilities } from "./known-facilities.ts";
import { type CivilStatusLoaders, civilStatusLoaders } from "./loaders.ts";
import { birthRegistration } from "./procedures/birth-registration.ts";
import { personalNumberNotice } from "./procedures/personal-number-notice.ts";
import { referencedBirth, referencedCitizen } from "./references.ts";
import { BirthParentResolver, BirthRegistrationResolver, CitizenBirthResolver } from "./resolvers.ts";
import { seedBirths } from "./seed.ts";
import * as tables from "./tables.ts";
import { BirthRegistration, Citizen } from "./types.ts";

export const definition: SubgraphDefinition<CivilStatusLoaders> = {
  name: "civil-status",
  resolvers: [BirthRegistrationResolver, BirthParentResolver, CitizenBirthResolver],
  entities: [
    { type: BirthRegistration, resolveReference: referencedBirth },
    { type: Citizen, resolveReference: referencedCitizen },
  ],
  loaders: civilStatusLoaders,
  procedures: [birthRegistration, personalNumberNotice],
  prepare: async (_db, { seeds }) => {
    if (seeds) knowFacilities(facilityPlaces());
  },
  tables,
  seeds: [{ name: "births-of-adults", apply: seedBirths }],
};
