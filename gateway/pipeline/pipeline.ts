import { setMaxListeners } from "node:events";
import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { ExecutionError } from "../executor/compiled-operation.ts";
import { logInternalErrors } from "../observability/internal-error-log.ts";
import type { CacheSize } from "../observability/metrics.ts";
import type { RequestScope } from "../subgraph-client/request-scope.ts";
import type { Subgraphs } from "../subgraph-client/subgraphs.ts";
import { joinedSubgraphs } from "../supergraph/join-graph.ts";
import type { ExecutionPath, PathRequest } from "./execution-path.ts";
import type { GraphqlParameters } from "./graphql-parameters.ts";
import { type GraphqlResponse, graphqlResponse } from "./graphql-response.ts";
import { checkCost } from "./limits/cost-limit.ts";
import { type Operations, openOperations } from "./operations.ts";
import type { PipelineConfiguration } from "./pipeline-configuration.ts";
import { type AdmitCost, isSubscription } from "./request.ts";
import { openPlanner, openVersion, type SupergraphPlanner } from "./supergraph-version.ts";

/** Operations of the current supergraph version; `replaced` is aborted when another version takes over. */
export type CurrentOperations = { operations: Operations; replaced: AbortSignal };

/** Request pipeline over the current version of the supergraph. */
export type Pipeline = {
  /** @param chargeCost takes the operation's cost from its caller's budget. */
  run(
    parameters: GraphqlParameters,
    method: string,
    scope: RequestScope,
    chargeCost: AdmitCost,
  ): Promise<GraphqlResponse>;
  isSubscription(parameters: GraphqlParameters): boolean;
  servesSubscriptions: boolean;
  current(): CurrentOperations;
  /** Response to an operation that the caller has prepared and admitted, such as the event of a subscription. */
  respond(request: PathRequest): Promise<GraphqlResponse>;
  refuse(errors: readonly ExecutionError[], scope: RequestScope): GraphqlResponse;
  /** Checks an operation's cost against the limit of one operation, then charges it. */
  costAdmission(chargeCost: AdmitCost): AdmitCost;
  /** Switches to another version of the supergraph. @throws Error when it is not usable; then nothing changes. */
  adopt(supergraphSdl: string): void;
  /** Size of the cache of prepared operations. */
  size(): CacheSize;
  stop(): Promise<void>;
};

/** @param openPath opens the path that executes operations: the direct path or the Apollo Server path. */
export async function openPipeline(
  supergraphSdl: string,
  subgraphs: Subgraphs,
  configuration: PipelineConfiguration,
  log: Logger,
  openPath: (supergraphSdl: string) => Promise<ExecutionPath>,
): Promise<Pipeline> {
  const planner = openPlanner(supergraphSdl);
  subgraphs.adopt(joinedSubgraphs(planner.supergraph));
  const path = await openPath(supergraphSdl);
  let operations = operationsOf(planner, path.schema(), subgraphs, configuration);
  let replaced = newSignal();

  function costAdmission(chargeCost: AdmitCost): AdmitCost {
    return async (cost) => checkCost(cost, configuration.limits.cost) ?? chargeCost(cost);
  }

  return {
    run(parameters, method, scope, chargeCost) {
      const preparation = operations.prepare(parameters.query, parameters.operationName);
      const admitCost = costAdmission(chargeCost);
      return path.respond({ operations, preparation, parameters, method, scope, admitCost });
    },
    isSubscription: ({ query, operationName }) => isSubscription(operations.prepare(query, operationName)),
    servesSubscriptions: path.servesSubscriptions,
    current: () => ({ operations, replaced: replaced.signal }),
    respond: path.respond,
    refuse(errors, scope) {
      logInternalErrors(errors, scope.requestId, log);
      return graphqlResponse(undefined, errors, scope);
    },
    costAdmission,
    adopt(next) {
      const planner = openPlanner(next);
      const { schema } = openVersion(planner, { subgraphs: new Map() }); // throws before anything changes
      const adopted = subgraphs.adopt(joinedSubgraphs(planner.supergraph));
      try {
        path.update(next);
      } catch (error) {
        adopted.undo();
        throw error;
      }
      operations = operationsOf(planner, path.schema() ?? schema, subgraphs, configuration);
      replaced.abort();
      replaced = newSignal();
    },
    size: () => operations.size(),
    stop: () => path.stop(),
  };
}

function operationsOf(
  planner: SupergraphPlanner,
  schema: GraphQLSchema | undefined,
  subgraphs: Subgraphs,
  { limits, production, policies }: PipelineConfiguration,
): Operations {
  const options = { subgraphs: subgraphs.current(), policies, assumedListSize: limits.cost.assumedListSize };
  const version = openVersion(planner, options, schema);
  return openOperations(version, {
    limits: limits.document,
    introspection: !production,
    hideSuggestions: production,
  });
}

/** Every open stream listens to the signal, so it has no limit of listeners. */
function newSignal(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
