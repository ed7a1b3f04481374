import type { SubgraphDefinition } from "../_shared/serving/subgraph.ts";
import * as actTables from "./acts/tables.ts";
import { type HealthInsuranceConfiguration, healthInsuranceConfiguration } from "./configuration.ts";
import { enterCountry } from "./country.ts";
import { loadFacilityChangeRule } from "./facilities/change-rule.ts";
import { loadFacilityFile } from "./facilities/facilities.ts";
import * as facilityTables from "./facilities/tables.ts";
import * as groupTables from "./groups/tables.ts";
import { type HealthInsuranceLoaders, healthInsuranceLoaders } from "./loaders.ts";
import { heldPapers } from "./papers.ts";
import * as participantTables from "./participants/tables.ts";
import { cardChange } from "./procedures/card-change.ts";
import { childCardProcedure } from "./procedures/child-card.ts";
import { childCardExpiry } from "./reminders/child-card-expiry.ts";
import * as reminderTables from "./reminders/tables.ts";
import { entities, resolvers } from "./resolvers.ts";
import { seeds } from "./seed.ts";
import * as tables from "./tables.ts";
import { transfers } from "./transfer/transfer.ts";

/** The agency as it is configured. */
export const healthInsurance = ({
  facilityFile,
  facilityChange,
  reminderLeadDays,
}: HealthInsuranceConfiguration): SubgraphDefinition<HealthInsuranceLoaders> => ({
  name: "health-insurance",
  resolvers,
  entities,
  loaders: healthInsuranceLoaders,
  procedures: [childCardProcedure(Math.random), cardChange],
  heldPapers,
  expirySource: childCardExpiry(reminderLeadDays),
  tables: { ...tables, ...actTables, ...facilityTables, ...groupTables, ...participantTables, ...reminderTables },
  seeds,
  enterCountry,
  transfers,
  prepare: async (db) => {
    if (facilityFile) await loadFacilityFile(db, facilityFile);
    await loadFacilityChangeRule(db, facilityChange);
  },
});

export const definition = healthInsurance(healthInsuranceConfiguration({}));
