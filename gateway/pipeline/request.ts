import { setMaxListeners } from "node:events";
import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { openApolloPath } from "../apollo/apollo-path.ts";
import type { GatewayPlugin } from "../apollo/apollo-server.ts";
import type { GatewayConfiguration } from "../configuration.ts";
import type { ExecutionError } from "../executor/compiled-operation.ts";
import type { GraphqlParameters } from "../http/read-parameters.ts";
import { logInternalErrors } from "../observability/internal-error-log.ts";
import type { CacheSize } from "../observability/metrics.ts";
import type { RequestScope } from "../subgraph-client/request-scope.ts";
import type { Subgraphs } from "../subgraph-client/subgraphs.ts";
import {
  type SubscriptionRequest,
  type SubscriptionResponse,
  subscriptionResponses,
} from "../subscriptions/subscription-responses.ts";
import type { Subscription as Live } from "../subscriptions/subscriptions.ts";
import { joinedSubgraphs } from "../supergraph/join-graph.ts";
import { type GraphqlResponse, graphqlResponse } from "./graphql-response.ts";
import { checkCost } from "./limits/cost-limit.ts";
import {
  type AdmitCost,
  directExecutor,
  type Execute,
  isSubscription,
  type Operations,
  openOperations,
} from "./operations.ts";
import type { Preparation } from "./parse-and-validate.ts";
import { onlyQueriesByGet, subscriptionNeedsDirectExecutor } from "./request-errors.ts";
import { withRequestOptions } from "./request-options.ts";
import { openPlanner, openVersion, type SupergraphPlanner } from "./supergraph-version.ts";

export type Graphql = {
  /** @param spend takes an operation's cost from what its caller may spend; says so where that is too much. */
  run(parameters: GraphqlParameters, method: string, scope: RequestScope, spend: AdmitCost): Promise<GraphqlResponse>;
  isSubscription(parameters: GraphqlParameters): boolean;
  /** The answers to a subscription, one for each event. */
  live(request: SubscriptionRequest): AsyncGenerator<SubscriptionResponse>;
  /** Goes over to another version of the supergraph. @throws Error when it is not usable; then nothing changes. */
  adopt(supergraphSdl: string): void;
  /** Of the operations that are kept prepared. */
  size(): CacheSize;
  stop(): Promise<void>;
};

/**
 * Executes operations over the federation, on one of two lanes: through Apollo Server's pipeline where a plugin wants to see
 * them or the reference executor is chosen, straight otherwise. Clients cannot tell which.
 */
export async function startGraphql(
  supergraphSdl: string,
  subgraphs: Subgraphs,
  configuration: GatewayConfiguration,
  log: Logger,
  plugins: readonly GatewayPlugin[] = [],
): Promise<Graphql> {
  const isDirect = configuration.executor === "own" && configuration.path === "direct" && plugins.length === 0;
  const planning = openPlanner(supergraphSdl);
  subgraphs.adopt(joinedSubgraphs(planning.supergraph));
  const apollo = isDirect ? undefined : await apolloPath(supergraphSdl, plugins, configuration, log);
  let operations = operationsOf(planning, apollo?.schema(), subgraphs, configuration);
  let replaced = unlimited(new AbortController());
  const execute = withRequestOptions(directExecutor, configuration);

  async function runDirect(
    current: Operations,
    { query, operationName, variables }: GraphqlParameters,
    scope: RequestScope,
    method: string,
    admit: AdmitCost,
  ) {
    const preparation = current.prepare(query, operationName);
    const unsafe = method === "GET" && unsafeOperation(preparation);
    if (unsafe) return graphqlResponse(undefined, [onlyQueriesByGet(unsafe)], scope, 405);
    const { data, errors } = await current.execute(preparation, variables, scope, execute, admit);
    if (errors.length > 0) logInternalErrors(errors, scope.requestId, log);
    return graphqlResponse(data, errors, scope);
  }

  function refused(errors: readonly ExecutionError[], scope: RequestScope) {
    logInternalErrors(errors, scope.requestId, log);
    return graphqlResponse(undefined, errors, scope);
  }

  async function executed(live: Live, execute: Execute, scope: RequestScope): Promise<GraphqlResponse> {
    const { operations, preparation, parameters } = live;
    if (apollo) return apollo.run(operations, preparation, parameters, "POST", scope, undefined, execute);
    const { data, errors } = await operations.execute(preparation, parameters.variables, scope, execute);
    logInternalErrors(errors, scope.requestId, log);
    return graphqlResponse(data, errors, scope);
  }

  function admission(spend: AdmitCost): AdmitCost {
    return async (cost) => checkCost(cost, configuration.limits.cost) ?? spend(cost);
  }

  return {
    run(parameters, method, scope, spend) {
      const admit = admission(spend);
      if (!apollo) return runDirect(operations, parameters, scope, method, admit);
      const preparation = operations.prepare(parameters.query, parameters.operationName);
      return apollo.run(operations, preparation, parameters, method, scope, admit);
    },
    isSubscription: ({ query, operationName }) => isSubscription(operations.prepare(query, operationName)),
    live(request) {
      if (configuration.executor === "apollo") return onlyAnswer(request, refused);
      const present = () => ({ operations, replaced: replaced.signal });
      return subscriptionResponses({ ...request, admit: admission(request.admit) }, present, { executed, refused });
    },
    adopt(next) {
      const planning = openPlanner(next);
      const { schema } = openVersion(planning, { subgraphs: new Map() }); // whatever is wrong with it comes out before anything changes
      const adopted = subgraphs.adopt(joinedSubgraphs(planning.supergraph));
      try {
        apollo?.update(next);
      } catch (error) {
        adopted.undo();
        throw error;
      }
      operations = operationsOf(planning, apollo?.schema() ?? schema, subgraphs, configuration);
      replaced.abort();
      replaced = unlimited(new AbortController());
    },
    size: () => operations.size(),
    stop: async () => apollo?.stop(),
  };
}

/** Loaded only where somebody goes by it: its packages would be most of a start. */
const apolloPath: typeof openApolloPath = async (...given) =>
  (await import("../apollo/apollo-path.ts")).openApolloPath(...given);

function operationsOf(
  planning: SupergraphPlanner,
  schema: GraphQLSchema | undefined,
  subgraphs: Subgraphs,
  { limits, production, policies }: GatewayConfiguration,
): Operations {
  const surroundings = { subgraphs: subgraphs.current(), policies, assumedListSize: limits.cost.assumedListSize };
  const version = openVersion(planning, surroundings, schema);
  const options = { limits: limits.document, introspection: !production, hideSuggestions: production };
  return openOperations(version, options);
}

/** The reference executor has no subscriptions. */
async function* onlyAnswer(
  { newScope }: SubscriptionRequest,
  refused: (errors: readonly ExecutionError[], scope: RequestScope) => GraphqlResponse,
): AsyncGenerator<SubscriptionResponse> {
  yield { id: undefined, answer: refused([subscriptionNeedsDirectExecutor()], await newScope()) };
}

/** Each open stream waits for it. */
function unlimited(controller: AbortController): AbortController {
  setMaxListeners(0, controller.signal);
  return controller;
}

/** What a GET must not ask, since any page may send one. */
function unsafeOperation(preparation: Preparation): string | undefined {
  if (preparation.kind === "refused") return undefined;
  const { operation } = preparation.prepared.clientOperation.operation;
  return operation === "query" ? undefined : operation;
}
