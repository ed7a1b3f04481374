import { GraphQLError } from "graphql";
import type { CompiledOperation, ExecutionError, ExecutionResult, Variables } from "../executor/compiled-operation.ts";
import type { CacheSize } from "../observability/metrics.ts";
import type { RequestScope } from "../subgraph-client/request-scope.ts";
import type { Utf8 } from "../utf8.ts";
import type { Decision } from "./authorization/decision.ts";
import { boundedCache } from "./bounded-cache.ts";
import { type Preparation, type PrepareOptions, prepare } from "./parse-and-validate.ts";
import type { PreparedOperation } from "./prepared-operation.ts";
import { subscriptionNeedsStream } from "./request-errors.ts";
import type { SupergraphVersion } from "./supergraph-version.ts";

/** What a client asks. */
export type OperationRequest = {
  query: string;
  operationName?: string | undefined;
  variables?: Readonly<Record<string, unknown>> | undefined;
};

/** `data` is JSON text; undefined where nothing was executed. */
export type RequestResult = { data: Utf8 | undefined; errors: readonly ExecutionError[] };

/** Runs a prepared operation; the gateway's own executor, or another one to compare it with. */
export type Execute = ((
  prepared: PreparedOperation,
  variables: Variables,
  scope: RequestScope,
) => Promise<ExecutionResult>) & {
  /** Answers an event of a subscription, which nothing else can. */
  isSubscriptionEvent?: true;
};

/** Says what is wrong with an operation of this cost: too much by itself, or for what its caller has left. */
export type AdmitCost = (cost: number) => Promise<GraphQLError | undefined>;

/** The operations of clients against one version of a supergraph; each is prepared once and kept while it is in use. */
export type Operations = {
  version: SupergraphVersion;
  prepare(query: string, operationName: string | undefined): Preparation;
  /** Coerces the variables and runs an operation that was prepared here. */
  execute(
    preparation: Preparation,
    given: OperationRequest["variables"],
    scope: RequestScope,
    by?: Execute,
    admit?: AdmitCost,
  ): Promise<RequestResult>;
  /** Both at once. */
  run(asked: OperationRequest, scope: RequestScope): Promise<RequestResult>;
  size(): CacheSize;
};

const CACHE = { entries: 2_000, bytes: 64_000_000 };
/** What a prepared operation takes for each character of its text: document, plan and closures, about. */
const BYTES_PER_CHARACTER = 40;

const UNLIMITED: PrepareOptions = {
  limits: { tokens: 1e6, depth: 1e6, fields: 1e6, aliases: 1e6, rootFields: 1e6, directives: 1e6, comparisons: 1e6 },
  introspection: true,
  hideSuggestions: false,
};

/** The gateway's own executor. */
export const directExecutor: Execute = (prepared, variables, scope) => {
  const decision = prepared.authorize(scope.caller);
  const compiled = prepared.compiled(decision, variables) ?? compiledInExtraTime(prepared, decision, variables, scope);
  return compiled.run(variables, prepared.version.subgraphs, scope);
};

/** Whoever comes first does not lose the agencies' time to the planning. */
function compiledInExtraTime(
  prepared: PreparedOperation,
  decision: Decision,
  variables: Variables,
  scope: RequestScope,
): CompiledOperation {
  const began = performance.now();
  const compiled = prepared.compile(decision, variables);
  scope.deadline += performance.now() - began;
  return compiled;
}

/** A field whose @listSize demands one of its arguments may have been asked without. */
function costOf(prepared: PreparedOperation, variables: Variables): number | GraphQLError {
  try {
    return prepared.cost(variables);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

export function isSubscription(preparation: Preparation): boolean {
  return preparation.kind === "prepared" && preparation.prepared.clientOperation.operation.operation === "subscription";
}

/** Coerces an operation's variables and looks at what it costs with them; or says why it is not to be executed. */
export async function admitted(
  preparation: Preparation,
  given: OperationRequest["variables"],
  admit: AdmitCost | undefined,
): Promise<{ prepared: PreparedOperation; variables: Variables } | { errors: readonly GraphQLError[] }> {
  if (preparation.kind === "refused") return { errors: preparation.errors };
  const { prepared } = preparation;
  const { variables, errors } = prepared.coerce(given);
  if (!variables) return { errors };
  const cost = costOf(prepared, variables);
  if (typeof cost !== "number") return { errors: [cost] };
  const tooDear = await admit?.(cost);
  return tooDear ? { errors: [tooDear] } : { prepared, variables };
}

export function openOperations(version: SupergraphVersion, options: PrepareOptions = UNLIMITED): Operations {
  const cache = boundedCache<Preparation>(CACHE);

  function prepareOnce(query: string, operationName: string | undefined): Preparation {
    const key = operationName === undefined ? query : `${operationName}\n${query}`;
    const known = cache.get(key);
    if (known) return known;
    const preparation = prepare(version, options, query, operationName);
    // What is refused costs its sender's next attempt as much again, but never pushes out what works.
    if (preparation.kind === "prepared") cache.set(key, preparation, key.length * BYTES_PER_CHARACTER);
    return preparation;
  }

  async function execute(
    preparation: Preparation,
    given: OperationRequest["variables"],
    scope: RequestScope,
    by: Execute = directExecutor,
    admit?: AdmitCost,
  ): Promise<RequestResult> {
    if (isSubscription(preparation) && !by.isSubscriptionEvent)
      return { data: undefined, errors: [subscriptionNeedsStream()] };
    const admission = await admitted(preparation, given, admit);
    if ("errors" in admission) return { data: undefined, errors: admission.errors };
    return by(admission.prepared, admission.variables, scope);
  }

  return {
    version,
    prepare: prepareOnce,
    execute,
    run: ({ query, operationName, variables }, scope) => execute(prepareOnce(query, operationName), variables, scope),
    size: cache.size,
  };
}
