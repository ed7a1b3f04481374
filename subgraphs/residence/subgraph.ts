import type { SubgraphDefinition } from "../_shared/serving/subgraph.ts";
import * as actTables from "./acts/tables.ts";
import { readSerialRange, type SerialRange } from "./configuration.ts";
import { enterCountry } from "./country.ts";
import { type ResidenceLoaders, residenceLoaders } from "./loaders.ts";
import { heldPapers } from "./papers.ts";
import { householdSplit } from "./procedures/household-split.ts";
import { permanentResidence } from "./procedures/permanent-residence.ts";
import { personalNumber } from "./procedures/personal-number.ts";
import { strikeOffResidence } from "./procedures/strike-off.ts";
import { temporaryEnd } from "./procedures/temporary-end.ts";
import { temporaryRenewal } from "./procedures/temporary-renewal.ts";
import { temporaryResidence } from "./procedures/temporary-residence.ts";
import * as reminderTables from "./reminders/tables.ts";
import { temporaryExpiry } from "./reminders/temporary-expiry.ts";
import { entities, resolvers } from "./resolvers.ts";
import { seeds } from "./seed.ts";
import * as tables from "./tables.ts";
import * as temporaryTables from "./temporary/tables.ts";
import { transfers } from "./transfer/transfer.ts";

/** The agency, with the serials that it draws personal numbers from. */
export const residence = (range: SerialRange): SubgraphDefinition<ResidenceLoaders> => ({
  name: "residence",
  resolvers,
  entities,
  loaders: residenceLoaders,
  procedures: [
    ...[personalNumber(range), permanentResidence, strikeOffResidence, householdSplit],
    ...[temporaryResidence, temporaryRenewal, temporaryEnd],
  ],
  heldPapers,
  expirySource: temporaryExpiry,
  tables: { ...tables, ...actTables, ...temporaryTables, ...reminderTables },
  seeds,
  enterCountry,
  transfers,
});

export const definition = residence(readSerialRange({}));
