import { GraphQLError } from "graphql";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import type { ExecutionError, ExecutionResult, SubscriptionSource, Variables } from "../executor/compiled-operation.ts";
import type { GraphqlParameters } from "../pipeline/graphql-parameters.ts";
import type { Operations } from "../pipeline/operations.ts";
import type { Preparation } from "../pipeline/parse-and-validate.ts";
import { type AdmitCost, admitOperation, type Execute, planBeforeDeadline } from "../pipeline/request.ts";
import type { RequestScope } from "../subgraph-client/request-scope.ts";
import type { Subgraph, SubgraphResponse, SubscriptionEvents } from "../subgraph-client/subgraph-request.ts";

/** Client subscription, valid for one version of the supergraph and the caller's rights. */
export type Subscription = {
  operations: Operations;
  preparation: Preparation;
  parameters: GraphqlParameters;
  /** True for a caller with the rights that the subscription was planned for. */
  isValidFor(caller: Caller): boolean;
  /** Undefined where the caller may read no field of it: then it has one response. */
  listen: ((scope: RequestScope, after: string | undefined, signal: AbortSignal) => SubscriptionEvents) | undefined;
  /** Executor of one event: the subgraph's event, or its failure, takes the place of the call. */
  eventExecutor(readEvent: (scope: RequestScope) => SubgraphResponse): Execute;
};

/** Prepares, admits and plans a subscription, or gives the errors that refuse it. */
export async function startSubscription(
  operations: Operations,
  parameters: GraphqlParameters,
  scope: RequestScope,
  admitCost: AdmitCost | undefined,
): Promise<Subscription | readonly ExecutionError[]> {
  const preparation = operations.prepare(parameters.query, parameters.operationName);
  const admission = admitOperation(preparation, parameters.variables, admitCost);
  if ("errors" in admission) return admission.errors;
  const { prepared, variables } = admission;
  const rootError = prepared.rootError(variables);
  if (rootError) return [rootError];
  const decision = prepared.authorize(scope.caller, variables);
  const compiled = await planBeforeDeadline(prepared, decision, variables, scope);
  if (compiled instanceof GraphQLError) return [compiled];
  const { subgraphs } = operations.version;
  const { source, run } = compiled;
  const subgraph = source && subgraphs.get(source.subgraph);
  const subscribe = subgraph?.subscribe;

  function eventExecutor(readEvent: (scope: RequestScope) => SubgraphResponse): Execute {
    const reached = source && subgraph ? withEvent(subgraphs, subgraph, source, variables, readEvent) : subgraphs;
    const execute: Execute = (_: unknown, values: Variables, to: RequestScope): Promise<ExecutionResult> =>
      run(values, reached, to);
    execute.isSubscriptionEvent = true;
    return execute;
  }

  return {
    ...{ operations, preparation, parameters, eventExecutor },
    // The request id of the stream, since progressive overrides are drawn once for all its events.
    isValidFor: (caller) =>
      prepared.authorize({ ...caller, requestId: scope.caller.requestId }, variables).key === decision.key,
    listen: source && subscribe && ((to, after, signal) => subscribe(source.call(variables), to, after, signal)),
  };
}

/** The subgraphs, of which one responds to the subscription's own call with an event it has already sent. */
function withEvent(
  subgraphs: ReadonlyMap<string, Subgraph>,
  subgraph: Subgraph,
  source: SubscriptionSource,
  variables: Variables,
  readEvent: (scope: RequestScope) => SubgraphResponse,
): ReadonlyMap<string, Subgraph> {
  const { query } = source.call(variables);
  const replaying: Subgraph = {
    ...subgraph,
    send(call, scope, to) {
      if (call.query !== query) return subgraph.send(call, scope, to);
      let response: SubgraphResponse;
      try {
        response = readEvent(scope);
      } catch (error) {
        return to.onFailure(error);
      }
      to.onResponse(response);
    },
  };
  return new Map(subgraphs).set(subgraph.name, replaying);
}
