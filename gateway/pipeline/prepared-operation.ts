import type { QueryPlan } from "@apollo/query-planner";
import type { DocumentNode, OperationDefinitionNode } from "graphql";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { compileOperation } from "../executor/compile-operation.ts";
import type { CompiledOperation, Variables } from "../executor/compiled-operation.ts";
import { type ClientOperation, clientOperation } from "../executor/normalize/client-operation.ts";
import { conditionVariables } from "../executor/normalize/skip-include.ts";
import type { Decision } from "./authorization/decision.ts";
import { boundedCache } from "./bounded-cache.ts";
import { type CoerceVariables, variableCoercion } from "./coerce-variables.ts";
import type { OperationCost } from "./limits/cost/operation-cost.ts";
import { planningFailure } from "./planning-failure.ts";
import type { SupergraphVersion } from "./supergraph-version.ts";

/** Parsed and valid client operation for one version of a supergraph. Shared by all its requests. */
export type PreparedOperation = {
  clientOperation: ClientOperation;
  version: SupergraphVersion;
  cost: OperationCost;
  coerce: CoerceVariables;
  /** Decides which of its fields a caller may not read. */
  authorize(caller: Caller): Decision;
  /** Compiled operation for a decision and for the values that @skip and @include depend on; undefined before `compile`. */
  compiled(decision: Decision, variables: Variables): CompiledOperation | undefined;
  compile(decision: Decision, variables: Variables): CompiledOperation;
  /** Query plans of the compiled operation, planned again for a developer. */
  plans(decision: Decision, variables: Variables): QueryPlan[];
};

/** Combinations of rights and of values of @skip and @include that are kept compiled for one operation. */
const MOST_VARIANTS = 64;

export function preparedOperation(
  version: SupergraphVersion,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): PreparedOperation {
  const { schema, types } = version;
  const shown = clientOperation(document, operation);
  const rights = version.authorization.of(document, operation);
  const deciding = conditionVariables(shown);
  const variants = boundedCache<CompiledOperation>({ entries: MOST_VARIANTS, bytes: Number.POSITIVE_INFINITY });

  function variantKey({ key }: Decision, variables: Variables): string {
    if (deciding.length === 0) return key;
    let bits = "";
    for (const name of deciding) bits += variables[name] === true ? "1" : "0";
    return `${bits} ${key}`;
  }

  function compiled(decision: Decision, variables: Variables, plan = version.plan): CompiledOperation {
    const { denials } = decision;
    const authorizedOperation = denials.size === 0 ? shown : clientOperation(decision.authorizedDocument(), operation);
    try {
      return compileOperation({ schema, types, clientOperation: shown, authorizedOperation, denials, variables, plan });
    } catch (error) {
      return planningFailure(error); // cached as well: planning again would take as long and fail again
    }
  }

  return {
    clientOperation: shown,
    version,
    cost: version.costs.of(document, operation),
    coerce: variableCoercion(schema, operation.variableDefinitions ?? []),
    authorize: rights.authorize,
    compiled: (decision, variables) => variants.get(variantKey(decision, variables)),
    compile(decision, variables) {
      const fresh = compiled(decision, variables);
      variants.set(variantKey(decision, variables), fresh, 0);
      return fresh;
    },
    plans(decision, variables) {
      const plans: QueryPlan[] = [];
      compiled(decision, variables, (each) => {
        const plan = version.plan(each);
        plans.push(plan);
        return plan;
      });
      return plans;
    },
  };
}
