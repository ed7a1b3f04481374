import { setMaxListeners } from "node:events";
import type { Logger } from "pino";
import { type GraphqlAnswer, graphqlAnswer } from "./answer.ts";
import type { GatewayConfiguration } from "./configuration.ts";
import type { ExecutionError } from "./executor/compiled.ts";
import { logFaults } from "./faults.ts";
import { referenceExecutor } from "./federation/executor.ts";
import { namedSubgraphs } from "./federation/named-subgraphs.ts";
import { type SupergraphLoader, supergraphLoader } from "./federation/supergraph-loader.ts";
import type { GraphqlParameters } from "./http/parameters.ts";
import { checkCost } from "./limits/check.ts";
import { type LiveAnswer, type LiveRequest, liveAnswers } from "./live/answers.ts";
import type { Subscription as Live } from "./live/subscriptions.ts";
import {
  type AdmitCost,
  type Execute,
  isSubscription,
  type Operations,
  openOperations,
  ownExecutor,
} from "./operations/operations.ts";
import type { Preparation } from "./operations/prepare.ts";
import { noSubscriptionsByReference, onlyQueriesByGet } from "./operations/refusals.ts";
import { openPlanning, openVersion, type Planning } from "./operations/version.ts";
import { type ExecuteFor, type GatewayPlugin, startPipeline } from "./pipeline.ts";
import type { CacheSize } from "./seeing/metrics.ts";
import type { RequestScope } from "./subgraphs/call.ts";
import { allowForMutation } from "./subgraphs/scope.ts";
import type { Subgraphs } from "./subgraphs/subgraphs.ts";

export type Graphql = {
  /** @param spend takes an operation's cost from what its caller may spend; says so where that is too much. */
  run(parameters: GraphqlParameters, method: string, scope: RequestScope, spend: AdmitCost): Promise<GraphqlAnswer>;
  isSubscription(parameters: GraphqlParameters): boolean;
  /** The answers to a subscription, one for each event. */
  live(request: LiveRequest): AsyncGenerator<LiveAnswer>;
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
  const loader = supergraphLoader(supergraphSdl, log);
  const planning = openPlanning(supergraphSdl);
  subgraphs.adopt(namedSubgraphs(supergraphSdl));
  const pipeline = await startPipeline(loader, executeFor(loader, configuration), plugins, configuration, log);
  let operations = operationsOf(supergraphSdl, planning, loader, subgraphs, configuration);
  let replaced = unlimited(new AbortController());
  const isFast = configuration.executor === "own" && configuration.lane === "fast" && plugins.length === 0;
  const execute = announced(ownExecutor, configuration);

  async function runFast(
    current: Operations,
    { query, operationName, variables }: GraphqlParameters,
    scope: RequestScope,
    method: string,
    admit: AdmitCost,
  ) {
    const preparation = current.prepare(query, operationName);
    const unsafe = method === "GET" && unsafeOperation(preparation);
    if (unsafe) return graphqlAnswer(undefined, [onlyQueriesByGet(unsafe)], scope, 405);
    const { data, errors } = await current.execute(preparation, variables, scope, execute, admit);
    if (errors.length > 0) logFaults(errors, scope.requestId, log);
    return graphqlAnswer(data, errors, scope);
  }

  function refused(errors: readonly ExecutionError[], scope: RequestScope) {
    logFaults(errors, scope.requestId, log);
    return graphqlAnswer(undefined, errors, scope);
  }

  async function executed(live: Live, execute: Execute, scope: RequestScope): Promise<GraphqlAnswer> {
    const { operations, preparation, parameters } = live;
    if (!isFast) return pipeline.run(operations, preparation, parameters, "POST", scope, undefined, execute);
    const { data, errors } = await operations.execute(preparation, parameters.variables, scope, execute);
    logFaults(errors, scope.requestId, log);
    return graphqlAnswer(data, errors, scope);
  }

  function admission(spend: AdmitCost): AdmitCost {
    return async (cost) => checkCost(cost, configuration.limits.cost) ?? spend(cost);
  }

  return {
    run(parameters, method, scope, spend) {
      const admit = admission(spend);
      if (isFast) return runFast(operations, parameters, scope, method, admit);
      const preparation = operations.prepare(parameters.query, parameters.operationName);
      return pipeline.run(operations, preparation, parameters, method, scope, admit);
    },
    isSubscription: ({ query, operationName }) => isSubscription(operations.prepare(query, operationName)),
    live(request) {
      if (configuration.executor === "apollo") return onlyAnswer(request, refused);
      const present = () => ({ operations, replaced: replaced.signal });
      return liveAnswers({ ...request, admit: admission(request.admit) }, present, { executed, refused });
    },
    adopt(next) {
      const planning = openPlanning(next, { isChecked: false });
      openVersion(next, { subgraphs: new Map() }, planning); // whatever is wrong with it comes out before anything changes
      const adopted = subgraphs.adopt(namedSubgraphs(next));
      try {
        loader.update(next);
      } catch (error) {
        adopted.undo();
        throw error;
      }
      operations = operationsOf(next, planning, loader, subgraphs, configuration);
      replaced.abort();
      replaced = unlimited(new AbortController());
    },
    size: () => operations.size(),
    stop: () => pipeline.stop(),
  };
}

function operationsOf(
  supergraphSdl: string,
  planning: Planning,
  loader: SupergraphLoader,
  subgraphs: Subgraphs,
  { limits, production, policies }: GatewayConfiguration,
): Operations {
  const surroundings = { subgraphs: subgraphs.current(), policies, assumedListSize: limits.cost.assumedListSize };
  const version = openVersion(supergraphSdl, surroundings, planning, loader.schema());
  const options = { limits: limits.document, introspection: !production, hideSuggestions: production };
  return openOperations(version, options);
}

function executeFor({ gateway }: SupergraphLoader, configuration: GatewayConfiguration): ExecuteFor {
  const own = announced(ownExecutor, configuration);
  if (configuration.executor === "own") return () => own;
  const reference = referenceExecutor(gateway);
  return (request) =>
    announced((prepared, variables, scope) => reference(request, prepared, variables, scope), configuration);
}

/** Tells the request what is about to be executed: a mutation may take longer than a query, a developer may want its plan. */
function announced(execute: Execute, configuration: GatewayConfiguration): Execute {
  return (prepared, variables, scope) => {
    if (prepared.shown.operation.operation === "mutation") allowForMutation(scope, configuration);
    scope.trace?.plan?.executes(prepared, variables, scope.caller);
    return execute(prepared, variables, scope);
  };
}

/** The reference executor has no subscriptions. */
async function* onlyAnswer(
  { newScope }: LiveRequest,
  refused: (errors: readonly ExecutionError[], scope: RequestScope) => GraphqlAnswer,
): AsyncGenerator<LiveAnswer> {
  yield { id: undefined, answer: refused([noSubscriptionsByReference()], await newScope()) };
}

/** Each open stream waits for it. */
function unlimited(controller: AbortController): AbortController {
  setMaxListeners(0, controller.signal);
  return controller;
}

/** What a GET must not ask, since any page may send one. */
function unsafeOperation(preparation: Preparation): string | undefined {
  if (preparation.kind === "refused") return undefined;
  const { operation } = preparation.prepared.shown.operation;
  return operation === "query" ? undefined : operation;
}
