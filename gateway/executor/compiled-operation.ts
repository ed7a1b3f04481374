import type { RequestScope, Subgraph, SubgraphRequest } from "../subgraph-client/subgraph-request.ts";
import type { Utf8 } from "../utf8.ts";

/** A place in the client's response: response names and indexes of lists. */
export type ResponsePath = readonly (string | number)[];

/** An error as the executor knows it; `publicError` decides what of it leaves. */
export type ExecutionError = { message: string; path?: ResponsePath; extensions: Record<string, unknown> };

/** `data` is JSON text: that of an object, or `null` where a null went up to the root. */
export type ExecutionResult = { data: Utf8; errors: ExecutionError[] };

/** Values by the names of variables, coerced to the operation's types, defaults included. */
export type Variables = Readonly<Record<string, unknown>>;

/** A root field of a subscription at the subgraph that has it. */
export type SubscriptionSource = { subgraph: string; call(variables: Variables): SubgraphRequest };

/**
 * One operation, planned and compiled for one version of a supergraph, one set of denials and what @skip and @include leave in.
 * Shared by all its requests.
 */
export type CompiledOperation = {
  /** What a subscription listens to. It is run for each event, with a subgraph that answers this call with the event. */
  source?: SubscriptionSource | undefined;
  /** Fetches what the plan says and writes the answer. Rejects only for a fault of the program. */
  run(variables: Variables, subgraphs: ReadonlyMap<string, Subgraph>, scope: RequestScope): Promise<ExecutionResult>;
};
