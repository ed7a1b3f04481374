import type { Utf8 } from "../../utf8.ts";
import type { ExecutionError, ExecutionResult, ResponsePath } from "../compiled-operation.ts";
import { type ErrorAttribution, pathKey } from "./error-attribution.ts";
import type { FieldError, WriterState } from "./writer-state.ts";

/**
 * Response data with all errors: those that subgraphs reported, one for each null that a failed fetch caused, one for each denied
 * field, and one for each violation of the schema that none of these explains.
 */
export function executionResult(
  text: string | undefined,
  state: WriterState,
  reported: readonly ExecutionError[],
  attribution: ErrorAttribution,
  isPlanned: (dataPath: ResponsePath) => boolean = () => true,
): ExecutionResult {
  const data = (text ?? "null") as Utf8; // made of names, which are ASCII, and of subgraphs' data, which are Utf8
  if (reported.length === 0 && state.fieldErrors.length === 0 && state.locatedErrors.length === 0) {
    return { data, errors: [] };
  }
  const errors = [...reported, ...state.locatedErrors];
  const violations: FieldError[] = [];
  addFailures(errors, reported, state.fieldErrors, attribution, violations, text === undefined);
  addViolations(errors, violations, isPlanned);
  return { data, errors };
}

/**
 * Adds one error for each null that a failure explains; the other field errors are added to `violations`. A reported failure
 * explains the nulls around its own error, too.
 */
function addFailures(
  errors: ExecutionError[],
  reported: readonly ExecutionError[],
  fieldErrors: readonly FieldError[],
  attribution: ErrorAttribution,
  violations: FieldError[],
  isDataNull: boolean,
): void {
  const reportedPaths = new Set(reported.flatMap(({ path }) => (path ? [pathKey(path)] : [])));
  const parents = parentKeys(reported);
  const added = new Set<string>();
  for (const error of fieldErrors) {
    const failure = attribution.get(pathKey(error.dataPath));
    if (!failure) {
      violations.push(error);
      continue;
    }
    const { isReported, replaces } = failure;
    if ((isReported || replaces) && isAtOrBelow(error.path, reportedPaths)) continue;
    if (isReported && (isDataNull || parents.has(pathKey(error.nullPath)))) continue;
    const replaced = replaces ? errors.indexOf(replaces) : -1;
    if (replaced >= 0) errors.splice(replaced, 1);
    // If the null propagated to the root, the error stands at the root field.
    const path = error.nullPath.length > 0 ? error.nullPath : error.path.slice(0, 1);
    const key = `${pathKey(path)} ${failure.message}`;
    if (added.has(key)) continue;
    added.add(key);
    errors.push({ message: failure.message, path, extensions: failure.extensions });
  }
}

/** Adds the violations at positions that no other error explains. */
function addViolations(
  errors: ExecutionError[],
  violations: readonly FieldError[],
  isPlanned: (dataPath: ResponsePath) => boolean,
): void {
  const explained = new Set(errors.flatMap(({ path }) => (path ? [pathKey(path)] : [])));
  const parents = parentKeys(errors);
  for (const { path, dataPath, violation } of violations) {
    if (parents.has(pathKey(path)) || isAtOrBelow(path, explained)) continue;
    const message = isPlanned(dataPath)
      ? `A subgraph's response violates the schema: ${violation ?? "a field is missing"}`
      : "The query plan does not fetch this field";
    errors.push({ message, path, extensions: { code: "INTERNAL" } });
  }
}

/** Keys of all positions above the errors. */
function parentKeys(errors: readonly ExecutionError[]): Set<string> {
  return new Set(errors.flatMap(({ path = [] }) => path.map((_, length) => pathKey(path.slice(0, length)))));
}

function isAtOrBelow(path: ResponsePath, keys: ReadonlySet<string>): boolean {
  return path.some((_, length) => keys.has(pathKey(path.slice(0, length + 1))));
}
