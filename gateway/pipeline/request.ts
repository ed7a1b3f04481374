import { GraphQLError } from "graphql";
import type { CompiledOperation, ExecutionError, ExecutionResult, Variables } from "../executor/compiled-operation.ts";
import type { RequestScope } from "../subgraph-client/request-scope.ts";
import type { Utf8 } from "../utf8.ts";
import type { Decision } from "./authorization/decision.ts";
import type { GraphqlParameters } from "./graphql-parameters.ts";
import type { Operations } from "./operations.ts";
import type { Preparation } from "./parse-and-validate.ts";
import type { PreparedOperation } from "./prepared-operation.ts";
import { subscriptionNeedsStream } from "./request-errors.ts";

/** `data` is JSON text; undefined where nothing was executed. */
export type RequestResult = { data: Utf8 | undefined; errors: readonly ExecutionError[] };

/** Executes a prepared operation: the gateway's own executor, or the reference executor. */
export type Execute = ((
  prepared: PreparedOperation,
  variables: Variables,
  scope: RequestScope,
) => Promise<ExecutionResult>) & {
  /** Set on the executor of a subscription's event; no other executor accepts a subscription. */
  isSubscriptionEvent?: true;
};

/** Refuses an operation whose cost exceeds a limit or its caller's budget. */
export type AdmitCost = (cost: number) => Promise<GraphQLError | undefined>;

type GivenVariables = GraphqlParameters["variables"];

/**
 * Executes one request: parse → validate → coerce → cost → authorise → plan → execute. The parsed and validated operation
 * is cached by its text; the compiled plan by the caller's rights and the values that @skip and @include depend on.
 */
export async function executeRequest(
  operations: Operations,
  { query, operationName, variables }: GraphqlParameters,
  scope: RequestScope,
): Promise<RequestResult> {
  const preparation = operations.prepare(query, operationName); // parse → validate
  return executePrepared(preparation, variables, scope);
}

/** The stages after validation. */
export async function executePrepared(
  preparation: Preparation,
  given: GivenVariables,
  scope: RequestScope,
  execute: Execute = directExecutor,
  admitCost?: AdmitCost,
): Promise<RequestResult> {
  if (isSubscription(preparation) && !execute.isSubscriptionEvent) return refused([subscriptionNeedsStream()]);
  const admission = await admitOperation(preparation, given, admitCost); // coerce → cost
  if ("errors" in admission) return refused(admission.errors);
  return execute(admission.prepared, admission.variables, scope); // authorise → plan → execute
}

/** Coerces the variables of an operation and admits its cost with them, or gives the errors that refuse it. */
export async function admitOperation(
  preparation: Preparation,
  given: GivenVariables,
  admitCost: AdmitCost | undefined,
): Promise<{ prepared: PreparedOperation; variables: Variables } | { errors: readonly GraphQLError[] }> {
  if (preparation.kind === "refused") return { errors: preparation.errors };
  const { prepared } = preparation;
  const { variables, errors } = prepared.coerce(given);
  if (!variables) return { errors };
  const cost = costOf(prepared, variables);
  if (typeof cost !== "number") return { errors: [cost] };
  const excess = await admitCost?.(cost);
  return excess ? { errors: [excess] } : { prepared, variables };
}

/** The gateway's own executor. */
export const directExecutor: Execute = (prepared, variables, scope) => {
  const decision = prepared.authorize(scope.caller); // authorise
  const compiled = prepared.compiled(decision, variables) ?? plan(prepared, decision, variables, scope); // plan
  return compiled.run(variables, prepared.version.subgraphs, scope); // execute
};

/** Planning time does not count against the deadline. */
function plan(
  prepared: PreparedOperation,
  decision: Decision,
  variables: Variables,
  scope: RequestScope,
): CompiledOperation {
  const started = performance.now();
  const compiled = prepared.compile(decision, variables);
  scope.deadline += performance.now() - started;
  return compiled;
}

/** The error says that an argument is missing which the field's @listSize requires. */
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

function refused(errors: readonly GraphQLError[]): RequestResult {
  return { data: undefined, errors };
}
