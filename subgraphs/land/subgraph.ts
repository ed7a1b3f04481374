import type { SubgraphDefinition } from "../_shared/serving/subgraph.ts";
import * as actTables from "./acts/tables.ts";
import { enterCountry } from "./country.ts";
import * as encumbranceTables from "./encumbrances/tables.ts";
import { type LandLoaders, landLoaders } from "./loaders.ts";
import * as obligationTables from "./obligations/tables.ts";
import { heldPapers } from "./papers.ts";
import { certificateStage } from "./procedures/certificate-stage.ts";
import { obligationStage } from "./procedures/obligation-stage.ts";
import { settlementStage } from "./procedures/settlement-stage.ts";
import { transferRegistration } from "./procedures/transfer-registration.ts";
import { entities, resolvers } from "./resolvers.ts";
import { seeds } from "./seed.ts";
import * as tables from "./tables.ts";
import { transfers } from "./transfer/transfer.ts";

export const definition: SubgraphDefinition<LandLoaders> = {
  name: "land",
  resolvers,
  entities,
  loaders: landLoaders,
  procedures: [transferRegistration, obligationStage, settlementStage, certificateStage],
  heldPapers,
  tables: { ...tables, ...actTables, ...encumbranceTables, ...obligationTables },
  seeds,
  enterCountry,
  transfers,
};
