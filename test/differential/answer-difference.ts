import type { ExecutionResult } from "graphql";
import type { Problem, SystemResponse } from "./systems.ts";

/**
 * Difference of a response from the expected result. "plan": different data after a subgraph had to refuse an invalid query,
 * which the planner wrote. "changes": different mutations were applied. "no-answer": the system threw.
 */
export type Difference = {
  in: "data" | "nulls" | "paths" | "plan" | "changes" | "no-answer";
  expected: string;
  actual: string;
};

/**
 * Depth of a comparison. "data": byte by byte. "nulls": also the nulls that have errors; an error below a null belongs to that
 * null. "paths": also, if an expected error names a null exactly, the response has an error at exactly that path.
 */
export type Depth = "data" | "nulls" | "paths";

/**
 * Compares a response with the expected result. Errors at paths without a null are ignored: they belong to fields that the
 * gateway fetched for its own use.
 */
export function difference(result: ExecutionResult, response: SystemResponse, depth: Depth): Difference | undefined {
  const data = JSON.stringify(result.data ?? null);
  if (data !== response.data) return { in: "data", expected: data, actual: response.data };
  if (depth === "data") return undefined;
  const expected = nullsWithErrors(result.data, result.errors ?? []);
  const actual = nullsWithErrors(JSON.parse(response.data), response.errors);
  const nulls = setDifference(expected.nulls, actual.nulls);
  if (nulls) return { in: "nulls", ...nulls };
  if (depth === "nulls") return undefined;
  const unnamed = [...expected.exact].filter((each) => !actual.exact.has(each));
  if (unnamed.length === 0) return undefined;
  return { in: "paths", expected: `errors at ${JSON.stringify(unnamed)}`, actual: "errors below these" };
}

/** Paths of the nulls to which the errors belong, and those among them that an error names exactly. */
function nullsWithErrors(
  data: unknown,
  errors: readonly Pick<Problem, "path">[],
): { nulls: Set<string>; exact: Set<string> } {
  const nulls = new Set<string>();
  const exact = new Set<string>();
  for (const { path } of errors) {
    const nullPath = path ? nullAt(data, path) : "an error without a path";
    if (nullPath === undefined) continue;
    nulls.add(nullPath);
    if (path && nullPath === path.join(".")) exact.add(nullPath);
  }
  return { nulls, exact };
}

/** Path of the null at or above an error's path; undefined if there is none. */
function nullAt(data: unknown, path: readonly (string | number)[]): string | undefined {
  let value = data;
  for (const [index, step] of path.entries()) {
    if (value === null) return path.slice(0, index).join(".");
    if (typeof value !== "object" || value === undefined) return `${path.join(".")} leads nowhere`;
    value = (value as Record<string | number, unknown>)[step]; // JSON: an object or a list
  }
  return value === null ? path.join(".") : undefined;
}

function setDifference(expected: ReadonlySet<string>, actual: ReadonlySet<string>) {
  const missing = [...expected].filter((each) => !actual.has(each));
  const further = [...actual].filter((each) => !expected.has(each));
  if (missing.length === 0 && further.length === 0) return undefined;
  return { expected: `errors at ${JSON.stringify(missing)}`, actual: `errors at ${JSON.stringify(further)} instead` };
}
