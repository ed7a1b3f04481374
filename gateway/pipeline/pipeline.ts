import type { Logger } from "pino";
import type { ExecutionError } from "../executor/compiled-operation.ts";
import { logInternalErrors } from "../observability/internal-error-log.ts";
import type { CacheSize } from "../observability/metrics.ts";
import type { RequestScope } from "../subgraph-client/request-scope.ts";
import type { Subgraphs } from "../subgraph-client/subgraphs.ts";
import type { PathRequest } from "./execution-path.ts";
import type { GraphqlParameters } from "./graphql-parameters.ts";
import { type GraphqlResponse, graphqlResponse } from "./graphql-response.ts";
import { checkCost } from "./limits/cost-limit.ts";
import type { PipelineConfiguration } from "./pipeline-configuration.ts";
import { type AdmitCost, isSubscription } from "./request.ts";
import { type CurrentOperations, openVersions, type PipelineParts } from "./versions.ts";

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
  adopt(supergraphSdl: string): Promise<void>;
  /** Size of the cache of prepared operations. */
  size(): CacheSize;
  stop(): Promise<void>;
};

export async function openPipeline(
  supergraphSdl: string,
  subgraphs: Subgraphs,
  configuration: PipelineConfiguration,
  log: Logger,
  parts: PipelineParts,
): Promise<Pipeline> {
  const { current, path, adopt, close } = await openVersions(supergraphSdl, subgraphs, configuration, parts);

  function costAdmission(chargeCost: AdmitCost): AdmitCost {
    return (cost) => checkCost(cost, configuration.limits.cost) ?? chargeCost(cost);
  }

  return {
    run(parameters, method, scope, chargeCost) {
      const { operations } = current();
      const preparation = operations.prepare(parameters.query, parameters.operationName);
      const admitCost = costAdmission(chargeCost);
      return path.respond({ operations, preparation, parameters, method, scope, admitCost });
    },
    isSubscription: ({ query, operationName }) => isSubscription(current().operations.prepare(query, operationName)),
    servesSubscriptions: path.servesSubscriptions,
    current,
    respond: path.respond,
    refuse(errors, scope) {
      logInternalErrors(errors, scope.requestId, log, configuration.passedErrors);
      return graphqlResponse(undefined, errors, scope, configuration);
    },
    costAdmission,
    adopt,
    size: () => current().operations.size(),
    stop: close,
  };
}
