import type * as z from "zod";
import { variableName } from "./subgraph-names.ts";

/** Setting that may differ by subgraph: variable `NAME` for all subgraphs, `NAME_<SUBGRAPH>` for one. */
export type BySubgraph<Value> = {
  readonly all: Value;
  /** Values by the subgraph's name in variables. */
  readonly single: ReadonlyMap<string, Value>;
};

/** Variables of a setting that the environment sets, with the schema of their values. */
export function variablesBySubgraph<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  environment: NodeJS.ProcessEnv,
): Record<string, Schema> {
  const single = singleNames(name, environment).map((each) => [each, schema]);
  return Object.fromEntries([[name, schema], ...single]);
}

/** Setting, as read from the environment. */
export function readBySubgraph<Value>(
  name: string,
  environment: NodeJS.ProcessEnv,
  read: Readonly<Record<string, unknown>>,
): BySubgraph<Value> {
  const setting = (variable: string) => read[variable] as Value; // of the schema in `variablesBySubgraph`
  const single = singleNames(name, environment).map((each) => [each.slice(name.length + 1), setting(each)] as const);
  return { all: setting(name), single: new Map(single) };
}

/** Value for one subgraph: its own, or else the common one. */
export function settingOf<Value>({ all, single }: BySubgraph<Value>, subgraphName: string): Value {
  return single.get(variableName(subgraphName)) ?? all;
}

/** Items for one subgraph: the common ones and its own. */
export function itemsOf<Item>({ all, single }: BySubgraph<readonly Item[]>, subgraphName: string): readonly Item[] {
  return [...new Set([...all, ...(single.get(variableName(subgraphName)) ?? [])])];
}

function singleNames(name: string, environment: NodeJS.ProcessEnv): string[] {
  return Object.keys(environment).filter((each) => each.startsWith(`${name}_`) && environment[each]);
}
