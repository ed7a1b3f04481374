import type { ExecutionError, ResponsePath } from "../compiled-operation.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import type { FetchFailure } from "../plan-execution.ts";
import type { CompiledFetch, FetchTargets } from "./fetch.ts";
import { renamedPath } from "./rewrites.ts";

/** A subgraph may send any number; nobody reads more. */
const MOST_ERRORS = 1_000;
const LONGEST_PATH = 200;

/** The errors of an answer: those with a place, at the paths of the merged data, and those of the answer as a whole. */
export type SubgraphErrors = {
  withPath: ExecutionError[];
  withoutPath: ExecutionError[];
  /** The first error of each entity, by its number in the call. */
  byRepresentation: ReadonlyMap<number, FetchFailure>;
};

/** An error of an entity that stands at several places is one error for each of them. */
export function errorsOf(
  errors: readonly unknown[],
  root: JsonObject,
  fetch: CompiledFetch,
  targets: FetchTargets,
  serviceName: string,
): SubgraphErrors {
  const placed: ExecutionError[] = [];
  const unplaced: ExecutionError[] = [];
  const ofEntities = new Map<number, FetchFailure>();
  const paths = lazily(() => pathsByNumber(root, fetch, targets));
  for (const given of errors.slice(0, MOST_ERRORS)) {
    const error = plainError(given, serviceName);
    const inside = isJsonObject(given) ? plainPath(given.path) : undefined;
    const places =
      inside && (targets.representationIndexes ? entityPlaces(inside, paths()) : rootPlaces(inside, paths()));
    if (!places || places.length === 0) unplaced.push(error);
    const number = inside?.[1];
    if (places && typeof number === "number" && !ofEntities.has(number))
      ofEntities.set(number, { ...error, isReported: true });
    for (const { before, after } of places ?? []) {
      if (placed.length >= MOST_ERRORS) break;
      placed.push({ ...error, path: [...before, ...renamedPath(after, fetch.node.outputRewrites)] });
    }
  }
  return { withPath: placed, withoutPath: unplaced, byRepresentation: ofEntities };
}

type Places = { before: ResponsePath; after: ResponsePath }[];

/** A path such as `["_entities", 2, "name"]` is one below each place of the third representation. */
function entityPlaces([field, number, ...after]: ResponsePath, paths: ResponsePath[][]): Places {
  if (field !== "_entities" || typeof number !== "number") return [];
  return (paths[number] ?? []).map((before) => ({ before, after }));
}

function rootPlaces(after: ResponsePath, paths: ResponsePath[][]): Places {
  return after.length === 0 ? [] : (paths[0] ?? []).map((before) => ({ before, after }));
}

/** The paths of the objects of each representation; without representations all are those of the first. */
function pathsByNumber(
  root: JsonObject,
  fetch: CompiledFetch,
  { objects, representationIndexes: asked }: FetchTargets,
): ResponsePath[][] {
  const numbers = new Map<JsonObject, number>();
  objects.forEach((object, index) => void numbers.set(object, asked?.[index] ?? 0));
  const paths: ResponsePath[][] = [];
  for (const { object, path } of fetch.path.objectsWithPaths(root)) {
    const number = numbers.get(object);
    if (number === undefined) continue;
    const others = paths[number];
    if (others) others.push(path);
    else paths[number] = [path];
  }
  return paths;
}

/** What a subgraph sent is not believed to have any shape. */
function plainError(given: unknown, serviceName: string): ExecutionError {
  const { message, extensions } = isJsonObject(given) ? given : {};
  return {
    message: typeof message === "string" ? message : "A subgraph's error without a message",
    extensions: { ...(isJsonObject(extensions) && extensions), serviceName },
  };
}

function plainPath(path: unknown): ResponsePath | undefined {
  if (!Array.isArray(path) || path.length > LONGEST_PATH) return undefined;
  const isPlain = path.every((each) => typeof each === "string" || (Number.isInteger(each) && each >= 0));
  return isPlain ? path : undefined;
}

function lazily<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
