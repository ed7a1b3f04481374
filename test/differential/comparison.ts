import type { ExecutionResult } from "graphql";
import type { Answered, Problem } from "./systems.ts";

/**
 * In what two answers differ. "plan": in the data, after a subgraph had to refuse a query that is not valid, and queries are
 * written by the planner. "changes": in what mutations did. "nothing": there was no answer.
 */
export type Difference = {
  in: "data" | "holes" | "paths" | "plan" | "changes" | "nothing";
  expected: string;
  actual: string;
};

/**
 * How far answers are compared. "data": byte by byte. "holes": also which nulls have errors; an error below a null belongs to
 * that null, wherever below it lies. "paths": also, where the truth has an error at a null itself, the answer has one there.
 */
export type Depth = "data" | "holes" | "paths";

/** Compares an answer with the truth. Errors of what a gateway has fetched for itself lead to no null, and are left aside. */
export function difference(truth: ExecutionResult, answered: Answered, depth: Depth): Difference | undefined {
  const data = JSON.stringify(truth.data ?? null);
  if (data !== answered.data) return { in: "data", expected: data, actual: answered.data };
  if (depth === "data") return undefined;
  const expected = places(truth.data, truth.errors ?? []);
  const actual = places(JSON.parse(answered.data), answered.errors);
  const holes = unlike(expected.holes, actual.holes);
  if (holes) return { in: "holes", ...holes };
  if (depth === "holes") return undefined;
  const unnamed = [...expected.exact].filter((each) => !actual.exact.has(each));
  if (unnamed.length === 0) return undefined;
  return { in: "paths", expected: `errors at ${JSON.stringify(unnamed)}`, actual: "errors below these" };
}

/** The nulls that errors belong to, and those of them that an error names itself. */
function places(data: unknown, errors: readonly Pick<Problem, "path">[]): { holes: Set<string>; exact: Set<string> } {
  const holes = new Set<string>();
  const exact = new Set<string>();
  for (const { path } of errors) {
    const hole = path ? holeAt(data, path) : "an error without a path";
    if (hole === undefined) continue;
    holes.add(hole);
    if (path && hole === path.join(".")) exact.add(hole);
  }
  return { holes, exact };
}

/** The null that an error's path leads to or through; undefined where there is none. */
function holeAt(data: unknown, path: readonly (string | number)[]): string | undefined {
  let value = data;
  for (const [index, step] of path.entries()) {
    if (value === null) return path.slice(0, index).join(".");
    if (typeof value !== "object" || value === undefined) return `${path.join(".")} leads nowhere`;
    value = (value as Record<string | number, unknown>)[step]; // JSON: an object or a list
  }
  return value === null ? path.join(".") : undefined;
}

function unlike(expected: ReadonlySet<string>, actual: ReadonlySet<string>) {
  const missing = [...expected].filter((each) => !actual.has(each));
  const further = [...actual].filter((each) => !expected.has(each));
  if (missing.length === 0 && further.length === 0) return undefined;
  return { expected: `errors at ${JSON.stringify(missing)}`, actual: `errors at ${JSON.stringify(further)} instead` };
}
