import type { ExecutionResult } from "graphql";
import type { Answered, Problem } from "./systems.ts";

/** In what two answers differ; undefined when they do not. */
export type Difference = { in: "data" | "holes" | "paths" | "changes" | "nothing"; expected: string; actual: string };

/**
 * Compares an answer with the truth: the data byte by byte, then where there are errors. An error below a null belongs to
 * that null, wherever below it lies; an error at a null itself must be there in the answer too.
 */
export function difference(truth: ExecutionResult, answered: Answered, dataOnly: boolean): Difference | undefined {
  const data = JSON.stringify(truth.data ?? null);
  if (data !== answered.data) return { in: "data", expected: data, actual: answered.data };
  if (dataOnly) return undefined;
  const expected = places(truth.data, truth.errors ?? []);
  const actual = places(JSON.parse(answered.data), answered.errors);
  const holes = unlike(expected.holes, actual.holes);
  if (holes) return { in: "holes", ...holes };
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
    holes.add(hole);
    if (path && hole === path.join(".")) exact.add(hole);
  }
  return { holes, exact };
}

/** The null that an error's path leads to or through. */
function holeAt(data: unknown, path: readonly (string | number)[]): string {
  let value = data;
  for (const [index, step] of path.entries()) {
    if (value === null) return path.slice(0, index).join(".");
    if (typeof value !== "object" || value === undefined) return `${path.join(".")} leads nowhere`;
    value = (value as Record<string | number, unknown>)[step]; // JSON: an object or a list
  }
  return value === null ? path.join(".") : `${path.join(".")} is no null`;
}

function unlike(expected: ReadonlySet<string>, actual: ReadonlySet<string>) {
  const missing = [...expected].filter((each) => !actual.has(each));
  const further = [...actual].filter((each) => !expected.has(each));
  if (missing.length === 0 && further.length === 0) return undefined;
  return { expected: `errors at ${JSON.stringify(missing)}`, actual: `errors at ${JSON.stringify(further)} instead` };
}
