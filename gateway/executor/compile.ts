import type { QueryPlan } from "@apollo/query-planner";
import type { DocumentNode, GraphQLSchema } from "graphql";
import type { Denials } from "../pipeline/authorization/denial.ts";
import type { Compiled, ExecutionError, Outcome, Variables } from "./compiled-operation.ts";
import type { Run } from "./execution.ts";
import { callOf } from "./fetch/fetch.ts";
import type { Shape, Shown } from "./normalize/client-operation.ts";
import { dataNames } from "./normalize/field-aliases.ts";
import { plannable } from "./normalize/normalized-operation.ts";
import { includesWith } from "./normalize/skip-include.ts";
import { compileSteps } from "./plan-steps.ts";
import { type Blames, blames } from "./response/missing-data.ts";
import { rootWriter } from "./response/object-writer.ts";
import { outcome } from "./response/response-data.ts";
import { shownPaths } from "./response/response-paths.ts";
import { newWriting } from "./response/writer.ts";
import type { Types } from "./schema-types.ts";

export type Compilation = {
  /** The API schema. */
  schema: GraphQLSchema;
  types: Types;
  /** What the client asked for. */
  shown: Shown;
  /** The same without what is denied. */
  narrowed: Shown;
  denials: Denials;
  /** Decide what @skip and @include leave in. The compiled operation is for those alone that decide it likewise. */
  variables: Variables;
  plan(document: DocumentNode): QueryPlan;
};

const NO_BLAMES: Blames = new Map();
const NO_BRANCHES: number[] = [];
const NOTHING: QueryPlan = { kind: "QueryPlan" };

/** Plans and compiles one operation, so that a request of it needs neither document nor plan any more. */
export function compile({ schema, types, shown, narrowed, denials, variables, plan }: Compilation): Compiled {
  const root = schema.getRootType(shown.operation.operation);
  if (!root) throw new Error(`The schema has no ${shown.operation.operation}`);
  const includes = includesWith(variables);
  const shape: Shape = { ...shown, schema, denials, includes, dataName: dataNames(types) };
  const document = plannable(shape, narrowed, types);
  const { first, fetches, parallels, source } = compileSteps(document ? plan(document) : NOTHING, types);
  const write = rootWriter(shape, root);
  const toShown = shownPaths(shape, root);

  function answer(run: Run): Outcome {
    const writing = newWriting(run.variables);
    const text = write(run.data, writing);
    const said = run.errors.length > 0 ? run.errors.flatMap((error) => atShownPaths(error, run)) : run.errors;
    const blamed = run.failures && writing.faults.length > 0 ? blames(run, fetches, types) : NO_BLAMES;
    return outcome(text, writing, said, blamed);
  }

  function atShownPaths(error: ExecutionError, { data }: Run): ExecutionError[] {
    return error.path ? toShown(data, error.path).map((path) => ({ ...error, path })) : [error];
  }

  return {
    source: source && { subgraph: source.serviceName, call: callOf(source) },
    run: (values, subgraphs, scope) =>
      new Promise((resolve, fail) => {
        const run: Run = {
          data: {},
          variables: values,
          subgraphs,
          scope,
          waiting: parallels === 0 ? NO_BRANCHES : new Array(parallels).fill(0),
          errors: [],
          failures: undefined,
          done: () => resolve(answer(run)),
          fail,
        };
        first(run);
      }),
  };
}
