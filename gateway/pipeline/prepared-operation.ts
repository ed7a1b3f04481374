import type { DocumentNode, GraphQLError } from "graphql";
import { LRUCache } from "lru-cache";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { type NormalizedOperationToCompile, normalizeAndCompile } from "../executor/compile-operation.ts";
import type { CompiledOperation, Variables } from "../executor/compiled-operation.ts";
import { type ClientOperation, clientOperationOf } from "../executor/normalize/client-operation.ts";
import { conditionVariables } from "../executor/normalize/skip-include.ts";
import type { Decision } from "./authorization/decision.ts";
import { type CoerceVariables, variableCoercion } from "./coerce-variables.ts";
import type { OperationCost } from "./limits/cost/operation-cost.ts";
import { nullVariables } from "./null-variables.ts";
import { type OperationToPlan, operationToPlan } from "./planning/operation-to-plan.ts";
import type { OverrideConditions } from "./planning/override-conditions.ts";
import type { PlanRequest } from "./planning/planned.ts";
import { planningFailure } from "./planning-failure.ts";
import type { SupergraphVersion } from "./supergraph-version.ts";

/** Parsed and valid client operation for one version of a supergraph. Shared by all its requests. */
export type PreparedOperation = {
  clientOperation: ClientOperation;
  version: SupergraphVersion;
  cost: OperationCost;
  coerce: CoerceVariables;
  /** Error of the whole operation that its variables cause when it is executed. */
  rootError(variables: Variables): GraphQLError | undefined;
  /** Decides which of its fields a caller may not read, and which have wrong arguments. */
  authorize(caller: Caller, variables: Variables): Decision;
  /** Compiled operation for a decision and for the values that @skip and @include depend on; undefined before it is planned. */
  compiled(decision: Decision, variables: Variables): CompiledOperation | undefined;
  /** Plans and compiles the operation, or gives the error that refuses it. */
  compile(decision: Decision, variables: Variables, request: PlanRequest): Promise<CompiledOperation | GraphQLError>;
};

/** Combinations of rights and of values of @skip and @include that are kept compiled for one operation. */
const MOST_VARIANTS = 64;

/** A variant whose plan some requests await. */
type Unplanned = NormalizedOperationToCompile & { toPlan: OperationToPlan | undefined; requests: number };

export function preparedOperation(
  version: SupergraphVersion,
  document: DocumentNode,
  clientOperation: ClientOperation,
): PreparedOperation {
  const { schema, types } = version;
  const { operation } = clientOperation;
  const rights = version.authorization.of(document, clientOperation);
  const deciding = conditionVariables(clientOperation);
  const nulls = nullVariables(schema, clientOperation);
  const variants = new LRUCache<string, CompiledOperation>({ max: MOST_VARIANTS });
  const unplanned = new Map<string, Unplanned>();

  function normalized(decision: Decision, variables: Variables): Unplanned {
    const { denials } = decision;
    const authorizedOperation =
      denials.size === 0 ? clientOperation : clientOperationOf(decision.authorizedDocument(), operation);
    const parts = { schema, types, clientOperation, authorizedOperation, denials, variables };
    const result = normalizeAndCompile(parts);
    return {
      ...result,
      toPlan: result.document && operationToPlan(result.document, decision.overrides?.active),
      requests: 0,
    };
  }

  function cached(key: string, compiled: CompiledOperation): CompiledOperation {
    variants.set(key, compiled);
    return compiled;
  }

  /** Normalizes the operation once for all requests that wait for its plan. */
  async function planned(key: string, variant: () => Unplanned, request: PlanRequest) {
    const waiting = unplanned.get(key) ?? variant();
    unplanned.set(key, waiting);
    waiting.requests += 1;
    try {
      const plan = waiting.toPlan && (await version.plan(waiting.toPlan, request));
      if (plan?.kind === "fault") throw new Error(plan.reason);
      if (plan?.kind === "refused") return plan.error;
      return variants.get(key) ?? cached(key, waiting.compile(plan?.plan)); // the others find it
    } finally {
      waiting.requests -= 1;
      if (waiting.requests === 0) unplanned.delete(key);
    }
  }

  return {
    clientOperation,
    version,
    cost: version.costs.of(clientOperation),
    coerce: variableCoercion(schema, operation.variableDefinitions ?? []),
    rootError: (variables) => nulls?.rootError(variables),
    authorize(caller, variables) {
      const decision = withOverrides(rights.authorize(caller), version.overrides?.(caller.requestId));
      return nulls ? nulls.withDenials(decision, variables) : decision;
    },
    compiled: (decision, variables) => variants.get(variantKey(deciding, decision, variables)),
    compile(decision, variables, request) {
      const key = variantKey(deciding, decision, variables);
      // a failure is cached as well: planning again would take as long and fail again
      const failed = (error: unknown) => cached(key, planningFailure(error));
      return planned(key, () => normalized(decision, variables), request).catch(failed);
    },
  };
}

/** Key of a variant: the rights, and the values of the variables that decide @skip and @include. */
function variantKey(deciding: readonly string[], { key }: Decision, variables: Variables): string {
  if (deciding.length === 0) return key;
  let bits = "";
  for (const name of deciding) bits += variables[name] === true ? "1" : "0";
  return `${bits} ${key}`;
}

function withOverrides(decision: Decision, overrides: OverrideConditions | undefined): Decision {
  return overrides
    ? { ...decision, key: `${decision.key} overrides ${overrides.active.join(" ")}`, overrides }
    : decision;
}
