import { GraphQLError } from "graphql";
import type { CompiledOperation, ExecutionError, Variables } from "../executor/compiled-operation.ts";
import type { RequestScope } from "../subgraph-client/request-scope.ts";
import { toUtf8, type Utf8 } from "../utf8.ts";
import type { Decision } from "./authorization/decision.ts";
import type { GraphqlParameters } from "./graphql-parameters.ts";
import type { Preparation } from "./parse-and-validate.ts";
import type { PreparedOperation } from "./prepared-operation.ts";
import { kindMissing, subscriptionNeedsStream } from "./request-errors.ts";

/** `data` is JSON text; undefined where nothing was executed. */
export type RequestResult = { data: Utf8 | undefined; errors: readonly ExecutionError[] };

/** Executes a prepared operation: the gateway's own executor, or the reference executor. */
export type Execute = ((
  prepared: PreparedOperation,
  variables: Variables,
  scope: RequestScope,
) => Promise<RequestResult>) & {
  /** Set on the executor of a subscription's event; no other executor accepts a subscription. */
  isSubscriptionEvent?: true;
};

/** Refuses an operation whose cost exceeds a limit or its caller's budget. */
export type AdmitCost = (cost: number) => GraphQLError | undefined;

type GivenVariables = GraphqlParameters["variables"];

/**
 * Executes one parsed and validated operation (`operations.ts`): coerce → cost → authorize → plan → execute. The operation is
 * cached by its text; the compiled plan by the caller's rights and the values that @skip and @include depend on.
 */
export function executePrepared(
  preparation: Preparation,
  given: GivenVariables,
  scope: RequestScope,
  execute: Execute = directExecutor,
  admitCost?: AdmitCost,
): Promise<RequestResult> | RequestResult {
  if (isSubscription(preparation) && !execute.isSubscriptionEvent) return refused([subscriptionNeedsStream()]);
  const admission = admitOperation(preparation, given, admitCost); // coerce → cost
  if ("errors" in admission) return refused(admission.errors);
  const rootError = admission.prepared.rootError(admission.variables);
  if (rootError) return { data: toUtf8("null"), errors: [rootError] };
  return execute(admission.prepared, admission.variables, scope); // authorize → plan → execute
}

/** Coerces the variables of an operation and admits its cost with them, or gives the errors that refuse it. */
export function admitOperation(
  preparation: Preparation,
  given: GivenVariables,
  admitCost: AdmitCost | undefined,
): { prepared: PreparedOperation; variables: Variables } | { errors: readonly GraphQLError[] } {
  if (preparation.kind === "refused") return { errors: preparation.errors };
  const { prepared } = preparation;
  const kind = prepared.clientOperation.operation.operation;
  if (!prepared.version.schema.getRootType(kind)) return { errors: [kindMissing(kind)] }; // validation ignores its fields
  const { variables, errors } = prepared.coerce(given);
  if (!variables) return { errors };
  const cost = costOf(prepared, variables);
  if (typeof cost !== "number") return { errors: [cost] };
  const excess = admitCost?.(cost);
  return excess ? { errors: [excess] } : { prepared, variables };
}

/** The gateway's own executor. */
export const directExecutor: Execute = (prepared, variables, scope) => {
  const decision = prepared.authorize(scope.caller, variables); // authorize
  const compiled = prepared.compiled(decision, variables);
  if (!compiled) return planAndExecute(prepared, decision, variables, scope);
  return compiled.run(variables, prepared.version.subgraphs, scope); // execute
};

async function planAndExecute(
  prepared: PreparedOperation,
  decision: Decision,
  variables: Variables,
  scope: RequestScope,
): Promise<RequestResult> {
  const compiled = await planBeforeDeadline(prepared, decision, variables, scope); // plan
  if (compiled instanceof GraphQLError) return refused([compiled]);
  return compiled.run(variables, prepared.version.subgraphs, scope); // execute
}

/**
 * Compiled operation, or the error of one that is refused or not planned before the request's deadline. Planning time does not
 * count against the deadline of the subgraph calls, so the deadline is extended by it.
 */
export async function planBeforeDeadline(
  prepared: PreparedOperation,
  decision: Decision,
  variables: Variables,
  scope: RequestScope,
): Promise<CompiledOperation | GraphQLError> {
  const known = prepared.compiled(decision, variables);
  if (known) return known;
  const started = performance.now();
  const compiled = await prepared.compile(decision, variables, scope);
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
