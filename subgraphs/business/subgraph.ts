import type { SubgraphDefinition } from "../_shared/serving/subgraph.ts";
import * as actTables from "./acts/tables.ts";
import { type LicenceRule, readLicenceRules } from "./configuration.ts";
import { enterCountry } from "./country.ts";
import { loadLicenceRules } from "./licences/rules.ts";
import * as licenceTables from "./licences/tables.ts";
import { type BusinessLoaders, businessLoaders } from "./loaders.ts";
import { heldPapers } from "./papers.ts";
import { enterpriseRegistrations } from "./procedures/enterprise-registration.ts";
import { householdChange } from "./procedures/household-change.ts";
import { householdEnd } from "./procedures/household-end.ts";
import { householdRegistration } from "./procedures/household-registration.ts";
import { householdSuspension } from "./procedures/household-suspension.ts";
import { licenceIssues } from "./procedures/licence-issue.ts";
import { licenceExpiry } from "./reminders/licence-expiry.ts";
import * as reminderTables from "./reminders/tables.ts";
import { entities, resolvers } from "./resolvers.ts";
import { seeds } from "./seed.ts";
import * as tables from "./tables.ts";
import { transfers } from "./transfer/transfer.ts";

/** The agency, with its rules of licences. */
export const business = (rules: readonly LicenceRule[]): SubgraphDefinition<BusinessLoaders> => ({
  name: "business",
  resolvers,
  entities,
  loaders: businessLoaders,
  procedures: [
    ...[householdRegistration, householdChange, householdSuspension, householdEnd],
    ...[...enterpriseRegistrations, ...licenceIssues],
  ],
  heldPapers,
  expirySource: licenceExpiry,
  tables: { ...tables, ...actTables, ...licenceTables, ...reminderTables },
  seeds,
  enterCountry,
  transfers,
  prepare: (db) => loadLicenceRules(db, rules),
});

export const definition = business(readLicenceRules({}));
