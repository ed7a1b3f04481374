import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import type { ExecutionError, ExecutionResult, SubscriptionSource, Variables } from "../executor/compiled-operation.ts";
import type { GraphqlParameters } from "../http/read-parameters.ts";
import { type AdmitCost, admitted, type Execute, type Operations } from "../pipeline/operations.ts";
import type { Preparation } from "../pipeline/parse-and-validate.ts";
import type { RequestScope } from "../subgraph-client/request-scope.ts";
import type { Subgraph, SubgraphResponse, SubscriptionEvents } from "../subgraph-client/subgraph-request.ts";

/** A subscription of a client that is held against one version of the supergraph and the caller's rights. */
export type Subscription = {
  operations: Operations;
  preparation: Preparation;
  parameters: GraphqlParameters;
  /** Whether a caller has the rights that it was planned for. */
  isValidFor(caller: Caller): boolean;
  /** Undefined where there is nothing that the caller may listen to: then it is answered once. */
  listen: ((scope: RequestScope, after: string | undefined, signal: AbortSignal) => SubscriptionEvents) | undefined;
  /** Executes it with what its subgraph says, or fails to say, in place of a call. */
  executeWith(said: (scope: RequestScope) => SubgraphResponse): Execute;
};

/** Prepares, plans and admits a subscription. Gives what is wrong with it if it may not be begun. */
export async function startSubscription(
  operations: Operations,
  parameters: GraphqlParameters,
  scope: RequestScope,
  admit: AdmitCost | undefined,
): Promise<Subscription | readonly ExecutionError[]> {
  const { query, operationName, variables: given } = parameters;
  const preparation = operations.prepare(query, operationName);
  const admission = await admitted(preparation, given, admit);
  if ("errors" in admission) return admission.errors;
  const { prepared, variables } = admission;
  const decision = prepared.authorize(scope.caller);
  const compiled = prepared.compiled(decision, variables) ?? prepared.compile(decision, variables);
  const { subgraphs } = operations.version;
  const { source } = compiled;
  const subgraph = source && subgraphs.get(source.subgraph);
  const ask = subgraph?.subscribe;
  return {
    ...{ operations, preparation, parameters },
    isValidFor: (caller) => prepared.authorize(caller).key === decision.key,
    listen: source && ask && ((to, after, signal) => ask(source.call(variables), to, after, signal)),
    executeWith(said): Execute {
      const run = (_: unknown, values: Variables, to: RequestScope): Promise<ExecutionResult> =>
        compiled.run(
          values,
          source && subgraph ? withSaid(subgraphs, subgraph, source, variables, said) : subgraphs,
          to,
        );
      return Object.assign(run, { isOfEvent: true as const });
    },
  };
}

/** The subgraphs, of which one answers the subscription's own call with what it has said already. */
function withSaid(
  subgraphs: ReadonlyMap<string, Subgraph>,
  subgraph: Subgraph,
  source: SubscriptionSource,
  variables: Variables,
  said: (scope: RequestScope) => SubgraphResponse,
): ReadonlyMap<string, Subgraph> {
  const { query } = source.call(variables);
  const speaking: Subgraph = {
    ...subgraph,
    send(call, scope, to) {
      if (call.query !== query) return subgraph.send(call, scope, to);
      let answer: SubgraphResponse;
      try {
        answer = said(scope);
      } catch (error) {
        return to.onFailure(error);
      }
      to.onResponse(answer);
    },
  };
  return new Map(subgraphs).set(subgraph.name, speaking);
}
