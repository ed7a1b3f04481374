import type { SubgraphDefinition } from "../_shared/serving/subgraph.ts";
import { bundles } from "./bundles/bundles.ts";
import { bundleResolvers } from "./bundles/resolvers.ts";
import { CitizenResolver } from "./citizens/resolvers.ts";
import { Citizen } from "./citizens/types.ts";
import { dossierKinds } from "./definitions/kind.ts";
import { type DeskKeeper, deskKeeper } from "./desk.ts";
import * as dossiers from "./dossiers/resolvers.ts";
import { resultTypes } from "./dossiers/result-types.ts";
import { type OneStopLoaders, oneStopLoaders } from "./loaders.ts";
import { LookupResolver } from "./lookups/resolvers.ts";
import { loadCatalogue } from "./procedures/catalogue.ts";
import { PartProcedureResolver, ProcedureResolver } from "./procedures/resolvers.ts";
import { singleProcedure } from "./single-procedures/kind.ts";
import { SingleProcedureResolver } from "./single-procedures/resolvers.ts";
import * as tables from "./tables.ts";
import { TrackingResolver } from "./tracking/resolvers.ts";
import * as work from "./work/resolvers.ts";

const itself = (reference: object) => reference;

export function oneStop(keeper: DeskKeeper): SubgraphDefinition<OneStopLoaders> {
  return {
    name: "one-stop",
    resolvers: [
      CitizenResolver,
      LookupResolver,
      PartProcedureResolver,
      ProcedureResolver,
      TrackingResolver,
      dossiers.DossierResolver,
      dossiers.DossierConnectionResolver,
      dossiers.DossierPartResolver,
      dossiers.HistoryEntryResolver,
      dossiers.PartRefusedResolver,
      dossiers.SupplementItemResolver,
      SingleProcedureResolver,
      work.WorkResolver,
      work.DossierPartWorkResolver,
      work.PartRefusedWorkResolver,
      ...bundleResolvers,
    ],
    entities: [Citizen, ...resultTypes].map((type) => ({
      type,
      resolveReference: itself,
    })),
    loaders: (context) => oneStopLoaders(context, keeper),
    procedures: [],
    tables,
    prepare: loadCatalogue,
    seeds: [],
    background: (running) => keeper.open(running),
  };
}

export function deskOf(environment: NodeJS.ProcessEnv): DeskKeeper {
  return deskKeeper(environment, dossierKinds(bundles, singleProcedure));
}

export const definition = oneStop(deskOf(process.env));
