import type { FetchNode, QueryPlan } from "@apollo/query-planner";
import type { DocumentNode, GraphQLObjectType, GraphQLSchema } from "graphql";
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
import { withDirectiveLocations } from "./normalize/directive-locations.ts";
import type { AddedVariable } from "./normalize/exact-literals.ts";
import { dataNames } from "./normalize/field-aliases.ts";
import { withFragmentDirectives } from "./normalize/fragment-directives.ts";
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
import { parseTexts } from "./text/json-text.ts";

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
};

/** An operation ready to be planned. */
export type NormalizedOperationToCompile = {
  /** Document to plan; undefined where no subgraph is asked. */
  document: DocumentNode | undefined;
  /** @param plan of the document. */
  compile(plan: QueryPlan | undefined): CompiledOperation;
};

const NO_ATTRIBUTION: ErrorAttribution = new Map();
const NO_BRANCHES: number[] = [];
const EMPTY_PLAN: QueryPlan = { kind: "QueryPlan" };

/** Normalizes one operation and compiles it with its plan, so that requests read neither its document nor its plan. */
export function normalizeAndCompile(operation: OperationToCompile): NormalizedOperationToCompile {
  const { schema, types, clientOperation, authorizedOperation, denials, variables } = operation;
  const root = schema.getRootType(clientOperation.operation.operation);
  if (!root) throw new Error(`The schema has no ${clientOperation.operation.operation}`);
  const isIncluded = inclusionFor(variables);
  const shape: ResponseShape = { ...clientOperation, schema, denials, isIncluded, dataName: dataNames(types) };
  const normalized = normalizedOperation(shape, authorizedOperation, types);
  return {
    document: normalized?.document,
    compile(plan) {
      const complete = plan && normalized && withDirectives(plan, normalized.document, schema, types);
      return compileOperation({ shape, root, types, added: normalized?.added ?? [] }, complete);
    },
  };
}

function withDirectives(plan: QueryPlan, document: DocumentNode, schema: GraphQLSchema, types: SchemaTypes): QueryPlan {
  return withDirectiveLocations(withFragmentDirectives(plan, document, types), document, schema, types);
}

type Compilation = {
  shape: ResponseShape;
  root: GraphQLObjectType;
  types: SchemaTypes;
  added: readonly AddedVariable[];
};

function compileOperation({ shape, root, types, added }: Compilation, plan: QueryPlan | undefined): CompiledOperation {
  const { first, fetches, parallels, source } = compileSteps(plan ? nonEmpty(plan) : EMPTY_PLAN, shape.schema, types);
  const withAdded = addedValues(added);
  const write = rootWriter(shape, root);
  const toResponsePaths = responsePaths(shape, root);

  function result(execution: PlanExecution): ExecutionResult {
    const { errors, failures } = execution;
    const state = newWriterState(execution.variables);
    const text = write(execution.data, state);
    if (errors.length > 0 || state.fieldErrors.length > 0) parseTexts(execution.data); // their paths are followed
    const reported = errors.length > 0 ? errors.flatMap((error) => atResponsePaths(error, execution)) : errors;
    const isAttributed = failures && state.fieldErrors.length > 0;
    const attribution = isAttributed ? attributeMissingData(execution, fetches, types) : NO_ATTRIBUTION;
    return executionResult(text, state, reported, attribution, (path) => isPlanned(execution, fetches, path, types));
  }

  function atResponsePaths(error: ExecutionError, { data }: PlanExecution): ExecutionError[] {
    return error.path ? toResponsePaths(data, error.path).map((path) => ({ ...error, path })) : [error];
  }

  return {
    plan,
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
