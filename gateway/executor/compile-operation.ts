import type { QueryPlan } from "@apollo/query-planner";
import type { DocumentNode, GraphQLSchema } from "graphql";
import type { CompiledOperation, ExecutionError, ExecutionResult, Variables } from "./compiled-operation.ts";
import type { Denials } from "./denials.ts";
import { rootFieldCall } from "./fetch/fetch.ts";
import type { ClientOperation, ResponseShape } from "./normalize/client-operation.ts";
import { dataNames } from "./normalize/field-aliases.ts";
import { normalizedOperation } from "./normalize/normalized-operation.ts";
import { inclusionFor } from "./normalize/skip-include.ts";
import type { PlanExecution } from "./plan-execution.ts";
import { compileSteps } from "./plan-steps.ts";
import { attributeMissingData, type ErrorAttribution } from "./response/error-attribution.ts";
import { executionResult } from "./response/execution-result.ts";
import { rootWriter } from "./response/object-writer.ts";
import { responsePaths } from "./response/response-paths.ts";
import { newWriterState } from "./response/writer-state.ts";
import type { SchemaTypes } from "./schema-types.ts";

export type OperationToCompile = {
  /** The API schema. */
  schema: GraphQLSchema;
  types: SchemaTypes;
  /** What the client asked for. */
  clientOperation: ClientOperation;
  /** The same without what is denied. */
  narrowed: ClientOperation;
  denials: Denials;
  /** Decide what @skip and @include leave in. The compiled operation is for those alone that decide it likewise. */
  variables: Variables;
  plan(document: DocumentNode): QueryPlan;
};

const NO_BLAMES: ErrorAttribution = new Map();
const NO_BRANCHES: number[] = [];
const NOTHING: QueryPlan = { kind: "QueryPlan" };

/** Plans and compiles one operation, so that a request of it needs neither document nor plan any more. */
export function compileOperation({
  schema,
  types,
  clientOperation,
  narrowed,
  denials,
  variables,
  plan,
}: OperationToCompile): CompiledOperation {
  const root = schema.getRootType(clientOperation.operation.operation);
  if (!root) throw new Error(`The schema has no ${clientOperation.operation.operation}`);
  const includes = inclusionFor(variables);
  const shape: ResponseShape = { ...clientOperation, schema, denials, includes, dataName: dataNames(types) };
  const document = normalizedOperation(shape, narrowed, types);
  const { first, fetches, parallels, source } = compileSteps(document ? plan(document) : NOTHING, types);
  const write = rootWriter(shape, root);
  const toShown = responsePaths(shape, root);

  function answer(run: PlanExecution): ExecutionResult {
    const writing = newWriterState(run.variables);
    const text = write(run.data, writing);
    const said = run.errors.length > 0 ? run.errors.flatMap((error) => atShownPaths(error, run)) : run.errors;
    const blamed =
      run.failures && writing.fieldErrors.length > 0 ? attributeMissingData(run, fetches, types) : NO_BLAMES;
    return executionResult(text, writing, said, blamed);
  }

  function atShownPaths(error: ExecutionError, { data }: PlanExecution): ExecutionError[] {
    return error.path ? toShown(data, error.path).map((path) => ({ ...error, path })) : [error];
  }

  return {
    source: source && { subgraph: source.serviceName, call: rootFieldCall(source) },
    run: (values, subgraphs, scope) =>
      new Promise((resolve, fail) => {
        const run: PlanExecution = {
          data: {},
          variables: values,
          subgraphs,
          scope,
          pendingBranches: parallels === 0 ? NO_BRANCHES : new Array(parallels).fill(0),
          errors: [],
          failures: undefined,
          complete: () => resolve(answer(run)),
          fail,
        };
        first(run);
      }),
  };
}
