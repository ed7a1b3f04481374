import type { Utf8 } from "../../utf8.ts";
import type { ExecutionError, ExecutionResult, ResponsePath } from "../compiled-operation.ts";
import { type ErrorAttribution, pathKey } from "./error-attribution.ts";
import type { FieldError, WriterState } from "./writer-state.ts";

/**
 * An answer and all its errors: what subgraphs said, one for each hole that a failed fetch left, one for each denied place, and
 * one for each breach of the schema that none of these accounts for.
 */
export function executionResult(
  text: string | undefined,
  writing: WriterState,
  said: readonly ExecutionError[],
  blames: ErrorAttribution,
): ExecutionResult {
  const data = text ?? "null"; // of names, which are ASCII, and of what subgraphs sent, which is Utf8
  if (said.length === 0 && writing.fieldErrors.length === 0 && writing.denials.length === 0) {
    return { data: data as Utf8, errors: [] };
  }
  const errors = [...said, ...writing.denials];
  const saidAt = new Set(said.flatMap(({ path }) => (path ? [pathKey(path)] : [])));
  const breaches: FieldError[] = [];
  const holes = new Set<string>();
  for (const fault of writing.fieldErrors) {
    const failure = blames.get(pathKey(fault.dataPath));
    if (!failure) {
      breaches.push(fault);
      continue;
    }
    if (failure.isReported && isAtOrBelow(fault.path, saidAt)) continue;
    // Where even the root became null, the root field is the nearest thing that has a name.
    const path = fault.nullPath.length > 0 ? fault.nullPath : fault.path.slice(0, 1);
    const key = `${pathKey(path)} ${failure.message}`;
    if (holes.has(key)) continue;
    holes.add(key);
    errors.push({ message: failure.message, path, extensions: failure.extensions });
  }
  const explained = new Set(errors.flatMap(({ path }) => (path ? [pathKey(path)] : [])));
  const above = new Set(errors.flatMap(({ path = [] }) => path.map((_, length) => pathKey(path.slice(0, length)))));
  for (const { path, violation: breach } of breaches) {
    if (above.has(pathKey(path)) || isAtOrBelow(path, explained)) continue;
    const message = `A subgraph's answer breaks the schema: ${breach ?? "a field was left out"}`;
    errors.push({ message, path, extensions: { code: "INTERNAL" } });
  }
  return { data: data as Utf8, errors };
}

function isAtOrBelow(path: ResponsePath, places: ReadonlySet<string>): boolean {
  return path.some((_, length) => places.has(pathKey(path.slice(0, length + 1))));
}
