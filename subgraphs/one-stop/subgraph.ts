import type { SubgraphDefinition } from "../_shared/serving/subgraph.ts";
import * as acceptanceTables from "./acceptance/tables.ts";
import * as answerCodeTables from "./answer-codes/tables.ts";
import * as attachmentTables from "./attachments/tables.ts";
import { bundles } from "./bundles/bundles.ts";
import * as workTables from "./casework/tables.ts";
import * as changeTables from "./changes/tables.ts";
import { loadReleaseRules } from "./clock-rules/rules-log.ts";
import * as clockRuleTables from "./clock-rules/tables.ts";
import { enterCountry } from "./country/country.ts";
import { dossierKinds } from "./definitions/dossier-kind.ts";
import { type DeskKeeper, deskKeeper } from "./desk.ts";
import * as draftTables from "./drafts/tables.ts";
import * as feedbackTables from "./feedback/tables.ts";
import * as figureTables from "./figures/tables.ts";
import { type OneStopLoaders, oneStopLoaders } from "./loaders.ts";
import * as messageTables from "./messages/tables.ts";
import * as nationalPortalTables from "./national-portal/tables.ts";
import { paymentCallback } from "./payments/callback.ts";
import { CALLBACK_PATH } from "./payments/callback-path.ts";
import * as paymentTables from "./payments/tables.ts";
import { loadCatalogue } from "./procedures/catalogue.ts";
import * as procedureTables from "./procedures/tables.ts";
import * as queueTables from "./queue/tables.ts";
import * as reminderTables from "./reminders/tables.ts";
import { entities, resolvers } from "./resolvers.ts";
import { singleProcedure } from "./single-procedures/single-procedure.ts";
import * as supervisionTables from "./supervision/tables.ts";
import * as tables from "./tables.ts";
import * as trackingTables from "./tracking/tables.ts";
import { transfers } from "./transfer/transfer.ts";
import * as webhookTables from "./webhooks/tables.ts";

/** The desk, with what it keeps open beside its database. */
export const oneStop = (keeper: DeskKeeper): SubgraphDefinition<OneStopLoaders> => ({
  name: "one-stop",
  resolvers,
  entities,
  loaders: (context) => oneStopLoaders(context, keeper),
  procedures: [],
  tables: {
    ...tables,
    ...acceptanceTables,
    ...answerCodeTables,
    ...attachmentTables,
    ...changeTables,
    ...clockRuleTables,
    ...draftTables,
    ...feedbackTables,
    ...figureTables,
    ...messageTables,
    ...nationalPortalTables,
    ...paymentTables,
    ...procedureTables,
    ...queueTables,
    ...reminderTables,
    ...supervisionTables,
    ...trackingTables,
    ...webhookTables,
    ...workTables,
  },
  seeds: [],
  enterCountry,
  transfers,
  prepare: async (db) => {
    await loadCatalogue(db);
    await loadReleaseRules(db);
  },
  endpoints: { [CALLBACK_PATH]: paymentCallback(() => keeper.desk()) },
  background: (running) => keeper.open(running),
});

export function deskOf(environment: NodeJS.ProcessEnv): DeskKeeper {
  return deskKeeper(environment, dossierKinds(bundles, singleProcedure));
}

export const definition = oneStop(deskOf(process.env));
