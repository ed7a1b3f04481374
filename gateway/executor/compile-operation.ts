import type { FetchNode, QueryPlan } from "@apollo/query-planner";
import type { DocumentNode, GraphQLSchema } from "graphql";
import type {
  CompiledOperation,
  ExecutionError,
  ExecutionResult,
  SubscriptionSource,
  Variables,
} from "./compiled-operation.ts";
import type { Denials } from "./denials.ts";
import { rootFieldRequest } from "./fetch/fetch-request.ts";
import type { ClientOperation } from "./normalize/client-operation.ts";
import type { AddedVariable } from "./normalize/exact-literals.ts";
import { dataNames } from "./normalize/field-aliases.ts";
import { normalizedOperation } from "./normalize/normalized-operation.ts";
import type { ResponseShape } from "./normalize/response-shape.ts";
import { inclusionFor } from "./normalize/skip-include.ts";
import type { PlanExecution } from "./plan-execution.ts";
import { compileSteps } from "./plan-steps.ts";
import { attributeMissingData, type ErrorAttribution, isPlanned } from "./response/error-attribution.ts";
import { executionResult } from "./response/execution-result.ts";
import { rootWriter } from "./response/object-writer.ts";
import { responsePaths } from "./response/response-paths.ts";
import { newWriterState } from "./response/writer-state.ts";
import type { SchemaTypes } from "./schema-types.ts";

export type OperationToCompile = {
  /** API schema. */
  schema: GraphQLSchema;
  types: SchemaTypes;
  clientOperation: ClientOperation;
  /** The client operation without its denied fields. */
  authorizedOperation: ClientOperation;
  denials: Denials;
  /** Values of the @skip and @include conditions. The result serves only requests with the same values. */
  variables: Variables;
  plan(document: DocumentNode): QueryPlan;
};

const NO_ATTRIBUTION: ErrorAttribution = new Map();
const NO_BRANCHES: number[] = [];
const EMPTY_PLAN: QueryPlan = { kind: "QueryPlan" };

/** Plans and compiles one operation, so that requests read neither its document nor its plan. */
export function compileOperation(operation: OperationToCompile): CompiledOperation {
  const { schema, types, clientOperation, authorizedOperation, denials, variables, plan } = operation;
  const root = schema.getRootType(clientOperation.operation.operation);
  if (!root) throw new Error(`The schema has no ${clientOperation.operation.operation}`);
  const isIncluded = inclusionFor(variables);
  const shape: ResponseShape = { ...clientOperation, schema, denials, isIncluded, dataName: dataNames(types) };
  const normalized = normalizedOperation(shape, authorizedOperation, types);
  const { first, fetches, parallels, source } = compileSteps(
    normalized ? nonEmpty(plan(normalized.document)) : EMPTY_PLAN,
    types,
  );
  const withAdded = addedValues(normalized?.added ?? []);
  const write = rootWriter(shape, root);
  const toResponsePaths = responsePaths(shape, root);

  function result(execution: PlanExecution): ExecutionResult {
    const { errors, failures } = execution;
    const state = newWriterState(execution.variables);
    const text = write(execution.data, state);
    const reported = errors.length > 0 ? errors.flatMap((error) => atResponsePaths(error, execution)) : errors;
    const isAttributed = failures && state.fieldErrors.length > 0;
    const attribution = isAttributed ? attributeMissingData(execution, fetches, types) : NO_ATTRIBUTION;
    return executionResult(text, state, reported, attribution, (path) => isPlanned(execution, fetches, path));
  }

  function atResponsePaths(error: ExecutionError, { data }: PlanExecution): ExecutionError[] {
    return error.path ? toResponsePaths(data, error.path).map((path) => ({ ...error, path })) : [error];
  }

  return {
    source: source && subscriptionSource(source, withAdded),
    run: (values, subgraphs, scope) =>
      new Promise((resolve, fail) => {
        const execution: PlanExecution = {
          data: {},
          variables: withAdded(values),
          subgraphs,
          scope,
          pendingBranches: parallels === 0 ? NO_BRANCHES : new Array(parallels).fill(0),
          errors: [],
          failures: undefined,
          complete: () => resolve(result(execution)),
          fail,
        };
        first(execution);
      }),
  };
}

/** The planner gives an empty plan for fields that no subgraph can resolve. */
function nonEmpty(plan: QueryPlan): QueryPlan {
  if (!plan.node) throw new Error("no subgraph can resolve its fields");
  return plan;
}

function subscriptionSource(source: FetchNode, withAdded: (variables: Variables) => Variables): SubscriptionSource {
  const request = rootFieldRequest(source);
  return { subgraph: source.serviceName, call: (variables) => request(withAdded(variables)) };
}

/** Adds the values of the gateway's own variables to the client's. */
function addedValues(added: readonly AddedVariable[]): (variables: Variables) => Variables {
  if (added.length === 0) return (variables) => variables;
  return (variables) => {
    const values = added.map(({ definition, value }) => [definition.variable.name.value, value(variables)]);
    return { ...variables, ...Object.fromEntries(values) };
  };
}
