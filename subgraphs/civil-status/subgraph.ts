import type { SubgraphDefinition } from "../_shared/serving/subgraph.ts";
import * as actTables from "./acts/tables.ts";
import * as birthActTables from "./birth-acts/tables.ts";
import * as bookTables from "./books/tables.ts";
import { type CivilStatusConfiguration, civilStatusConfiguration } from "./configuration.ts";
import * as confirmationTables from "./confirmations/tables.ts";
import { enterCountry } from "./country/country.ts";
import * as deathTables from "./deaths/tables.ts";
import * as extractTables from "./extracts/tables.ts";
import { knowSampleFacilities } from "./known-facilities.ts";
import { type CivilStatusLoaders, civilStatusLoaders } from "./loaders.ts";
import * as marriageTables from "./marriages/tables.ts";
import { heldPapers } from "./papers.ts";
import { birthRegistration } from "./procedures/birth-registration.ts";
import { deathRegistration } from "./procedures/death-registration.ts";
import { maritalStatus } from "./procedures/marital-status.ts";
import { marriageRegistration } from "./procedures/marriage-registration.ts";
import { personalNumberNotice } from "./procedures/personal-number-notice.ts";
import { confirmationExpiry } from "./reminders/confirmation-expiry.ts";
import * as reminderTables from "./reminders/tables.ts";
import { entities, resolvers } from "./resolvers.ts";
import { seeds } from "./seed.ts";
import * as tables from "./tables.ts";
import { transfers } from "./transfer/transfer.ts";

/** The agency, as it is configured. */
export const civilStatus = ({
  reminderLeadDays,
  marriagesCompleteFrom,
}: CivilStatusConfiguration): SubgraphDefinition<CivilStatusLoaders> => ({
  name: "civil-status",
  resolvers,
  entities,
  loaders: civilStatusLoaders,
  procedures: [
    birthRegistration,
    deathRegistration,
    maritalStatus(marriagesCompleteFrom),
    marriageRegistration,
    personalNumberNotice,
  ],
  heldPapers,
  expirySource: confirmationExpiry(reminderLeadDays),
  tables: {
    ...tables,
    ...actTables,
    ...birthActTables,
    ...bookTables,
    ...confirmationTables,
    ...deathTables,
    ...extractTables,
    ...marriageTables,
    ...reminderTables,
  },
  seeds,
  enterCountry,
  transfers,
  prepare: knowSampleFacilities,
});

export const definition = civilStatus(civilStatusConfiguration({}));
