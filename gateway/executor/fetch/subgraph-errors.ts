import type { ExecutionError, ResponsePath } from "../compiled-operation.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import type { FetchFailure } from "../plan-execution.ts";
import type { CompiledFetch, FetchTargets } from "./compiled-fetch.ts";
import { expectedFields } from "./expected-fields.ts";
import { renamedPath } from "./rewrites.ts";

/** Bounds of one response, since a subgraph could send any number of errors. */
const MAX_ERRORS = 1_000;
const MAX_PATH_LENGTH = 200;

/** Errors of a subgraph's response: those with paths in the merged data, and those of the whole response. */
export type SubgraphErrors = {
  withPath: ExecutionError[];
  withoutPath: ExecutionError[];
  /** First error of each entity, by the index of its representation. */
  byRepresentation: ReadonlyMap<number, FetchFailure>;
};

/** Reads the errors of a response. An error of an entity that occurs several times is reported at each occurrence. */
export function errorsOf(
  errors: readonly unknown[],
  root: JsonObject,
  fetch: CompiledFetch,
  targets: FetchTargets,
  serviceName: string,
): SubgraphErrors {
  const withPath: ExecutionError[] = [];
  const withoutPath: ExecutionError[] = [];
  const byRepresentation = new Map<number, FetchFailure>();
  const paths = lazily(() => pathsByRepresentation(root, fetch, targets));
  for (const received of errors.slice(0, MAX_ERRORS)) {
    const error = readError(received, serviceName);
    const inner = isJsonObject(received) ? readPath(received.path) : undefined;
    const positions =
      inner && (targets.representationIndexes ? entityPositions(inner, paths()) : rootPositions(inner, paths(), fetch));
    if (!positions || positions.length === 0) withoutPath.push(error);
    const index = inner?.[1];
    if (positions && typeof index === "number" && !byRepresentation.has(index)) {
      byRepresentation.set(index, { ...error, isReported: true });
    }
    for (const { parent, inside } of positions ?? []) {
      if (withPath.length >= MAX_ERRORS) break;
      withPath.push({ ...error, path: [...parent, ...renamedPath(inside, fetch.node.outputRewrites)] });
    }
  }
  return { withPath, withoutPath, byRepresentation };
}

/** Path of an error: that of the fetch's object in the merged data, and the rest inside the object. */
type Positions = { parent: ResponsePath; inside: ResponsePath }[];

/** `["_entities", 2, "name"]` is `name` of each occurrence of the third representation's entity. */
function entityPositions([field, index, ...inside]: ResponsePath, paths: ResponsePath[][]): Positions {
  if (field !== "_entities" || typeof index !== "number") return [];
  return (paths[index] ?? []).map((parent) => ({ parent, inside }));
}

/** None for a field that the fetch does not select. */
function rootPositions(inside: ResponsePath, paths: ResponsePath[][], fetch: CompiledFetch): Positions {
  const [name] = renamedPath(inside.slice(0, 1), fetch.node.outputRewrites);
  if (!expectedFields(fetch.node).some((field) => field.name === name)) return [];
  return (paths[0] ?? []).map((parent) => ({ parent, inside }));
}

/** Paths of the objects of each representation; all are at index 0 for a fetch of root fields. */
function pathsByRepresentation(
  root: JsonObject,
  fetch: CompiledFetch,
  { objects, representationIndexes }: FetchTargets,
): ResponsePath[][] {
  const indexes = new Map<JsonObject, number>();
  objects.forEach((object, index) => void indexes.set(object, representationIndexes?.[index] ?? 0));
  const paths: ResponsePath[][] = [];
  for (const { object, path } of fetch.path.objectsWithPaths(root)) {
    const index = indexes.get(object);
    if (index === undefined) continue;
    const others = paths[index];
    if (others) others.push(path);
    else paths[index] = [path];
  }
  return paths;
}

/** Reads one error without trusting its form. */
function readError(received: unknown, serviceName: string): ExecutionError {
  const { message, extensions } = isJsonObject(received) ? received : {};
  return {
    message: typeof message === "string" ? message : "A subgraph's error without a message",
    extensions: { ...(isJsonObject(extensions) && extensions), serviceName },
  };
}

function readPath(path: unknown): ResponsePath | undefined {
  if (!Array.isArray(path) || path.length > MAX_PATH_LENGTH) return undefined;
  const isValid = path.every((each) => typeof each === "string" || (Number.isInteger(each) && each >= 0));
  return isValid ? path : undefined;
}

function lazily<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
