import type { QueryPlan } from "@apollo/query-planner";
import type { GraphQLSchema } from "graphql";
import type { Denials } from "../rights/denial.ts";
import type { Compiled, Outcome, ResponsePath, Variables } from "./compiled.ts";
import { decidingVariables, includesWith } from "./conditions.ts";
import { type Blames, blames } from "./holes.ts";
import { isJsonObject, type JsonObject } from "./json.ts";
import { rootWriter } from "./objects.ts";
import { outcome } from "./outcome.ts";
import type { Run } from "./run.ts";
import type { Shape, Shown } from "./selections.ts";
import { shownPaths } from "./shown-paths.ts";
import { compileSteps } from "./steps.ts";
import type { Types } from "./types.ts";
import { newWriting } from "./writing.ts";

export type Compilation = {
  /** The API schema. */
  schema: GraphQLSchema;
  types: Types;
  /** What the client asked for. */
  shown: Shown;
  /** Of the same operation or of a narrower one, its response names changed by `plannedName`. */
  plan: QueryPlan;
  denials: Denials;
  plannedName?: (responseName: string) => string;
};

const NO_BLAMES: Blames = new Map();
/** Answers of different shapes, by what @skip and @include leave in, that are kept for one operation. */
const MOST_SHAPES = 32;

/** Compiles one operation, so that a request of it needs neither document nor plan any more. */
export function compile({ schema, types, shown, plan, denials, plannedName = asItIs }: Compilation): Compiled {
  const rootType = schema.getRootType(shown.operation.operation);
  if (!rootType) throw new Error(`The schema has no ${shown.operation.operation}`);
  const { first, fetches, parallels } = compileSteps(plan, types);
  const deciding = decidingVariables(shown);
  const writers = new Map<string, ReturnType<typeof rootWriter>>();
  const toShown = shownPaths(shown, plannedName);
  const toPlanned = (path: ResponsePath) =>
    plannedName === asItIs ? path : path.map((each) => (typeof each === "string" ? plannedName(each) : each));

  function writerFor(variables: Variables) {
    let key = "";
    for (const name of deciding) key += variables[name] === true ? "1" : "0";
    const known = writers.get(key);
    if (known) return known;
    const shape: Shape = { ...shown, schema, denials, plannedName, includes: includesWith(variables) };
    const writer = rootWriter(shape, rootType as NonNullable<typeof rootType>); // checked above
    if (writers.size >= MOST_SHAPES) writers.clear();
    writers.set(key, writer);
    return writer;
  }

  function write(data: JsonObject, variables: Variables, run: Run | undefined): Outcome {
    const writing = newWriting(variables);
    const text = writerFor(variables)(data, writing);
    const said = (run?.errors ?? []).map((each) => (each.path ? { ...each, path: toShown(each.path) } : each));
    const blamed = run?.failures && writing.faults.length > 0 ? blames(run, fetches, types) : NO_BLAMES;
    return outcome(text, writing, said, blamed, toPlanned);
  }

  return {
    complete: (data, variables) => write(isJsonObject(data) ? data : {}, variables, undefined),
    run: (variables, subgraphs, scope) =>
      new Promise((resolve, fail) => {
        const run: Run = {
          data: {},
          variables,
          subgraphs,
          scope,
          waiting: parallels === 0 ? NONE : new Array(parallels).fill(0),
          errors: [],
          failures: undefined,
          done: () => resolve(write(run.data, variables, run)),
          fail,
        };
        first(run);
      }),
  };
}

const NONE: number[] = [];

function asItIs(responseName: string): string {
  return responseName;
}
