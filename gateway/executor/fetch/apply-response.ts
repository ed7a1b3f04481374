import { SubgraphFailure } from "../../subgraph-client/subgraph-failure.ts";
import type { Subgraph, SubgraphResponse } from "../../subgraph-client/subgraph-request.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import type { FetchFailure, FetchFailures, PlanExecution } from "../plan-execution.ts";
import type { SchemaTypes } from "../schema-types.ts";
import type { CompiledFetch, FetchTargets } from "./compiled-fetch.ts";
import { fillNulls } from "./expected-fields.ts";
import { mergeObject } from "./merge-data.ts";
import { errorsOf, type SubgraphErrors } from "./subgraph-errors.ts";

/** Records that a subgraph gave no usable response. @throws any error that is not `SubgraphFailure`. */
export function applyFailure(
  execution: PlanExecution,
  fetch: CompiledFetch,
  { agency }: Subgraph,
  error: unknown,
): void {
  if (!(error instanceof SubgraphFailure)) throw error;
  const message = `${agency} cannot be reached: ${error.message}`;
  failuresOf(execution, fetch).whole = { message, extensions: { code: "UNAVAILABLE", agency } };
}

/**
 * Merges a response into the data and adopts its errors. The first error without a path explains each null of the response that no
 * other error explains, and so does any error of a response without data. An error without a path that explains no null is passed
 * on as it is.
 */
export function applyResponse(
  execution: PlanExecution,
  fetch: CompiledFetch,
  targets: FetchTargets,
  response: SubgraphResponse,
  subgraph: Subgraph,
  types: SchemaTypes,
): void {
  const { errors } = response;
  const data = fetch.exactData(response);
  const reported =
    Array.isArray(errors) && errors.length > 0
      ? errorsOf(errors, execution.data, fetch, targets, subgraph.name)
      : undefined;
  if (reported) {
    for (const error of reported.withPath) execution.errors.push(error);
    const isUsable = hasData(data, targets);
    // The only error of a response without data stands at each null; it has no effect where the client selected nothing of it.
    const isOnly = reported.withPath.length === 0 && reported.withoutPath.length === 1;
    if (isUsable || !isOnly) for (const error of reported.withoutPath) execution.errors.push(error);
    const whole = wholeFailure(reported, isUsable);
    if (whole) failuresOf(execution, fetch).whole = whole;
  }
  const unlocated = reported?.withoutPath[0] && failuresOf(execution, fetch).whole;
  const errorOf = (index: number) => reported?.byRepresentation.get(index) ?? unlocated;
  const violation = mergeData(execution, fetch, targets, data, types, errorOf);
  if (violation === undefined) return;
  if (violation === "no data" && reported) {
    const { objects, representationIndexes } = targets;
    objects.forEach((object, index) => {
      const error = representationIndexes && errorOf(representationIndexes[index] ?? 0);
      if (error) failuresOf(execution, fetch).objects.set(object, error);
    });
    return;
  }
  failuresOf(execution, fetch).whole = {
    message: `A subgraph's response violates the protocol: ${violation}`,
    extensions: { code: "INTERNAL", serviceName: subgraph.name },
  };
}

function wholeFailure({ withPath, withoutPath }: SubgraphErrors, hasData: boolean): FetchFailure | undefined {
  const [unlocated] = withoutPath;
  const [located] = withPath;
  if (unlocated) return { message: unlocated.message, extensions: unlocated.extensions, replaces: unlocated };
  return located && !hasData
    ? { message: located.message, extensions: located.extensions, isReported: true }
    : undefined;
}

function hasData(data: unknown, { representationIndexes }: FetchTargets): boolean {
  return isJsonObject(data) && (!representationIndexes || Array.isArray(data._entities));
}

/** Violation of the protocol by the data: "no data" where there are none, which the response's errors may explain. */
function mergeData(
  execution: PlanExecution,
  fetch: CompiledFetch,
  targets: FetchTargets,
  data: unknown,
  types: SchemaTypes,
  errorOf: (index: number) => FetchFailure | undefined,
): string | undefined {
  if (data === null || data === undefined) return "no data";
  if (!isJsonObject(data)) return "its data are not an object";
  const { objects, representationIndexes, representationCount } = targets;
  if (!representationIndexes) {
    fetch.rewriteResponse?.(data);
    for (let index = 0; index < objects.length; index++) mergeObject(objects[index] ?? {}, data, types.abstract);
    return undefined;
  }
  const entities = data._entities;
  if (entities === null || entities === undefined) return "no data";
  if (!Array.isArray(entities) || entities.length !== representationCount) {
    return "its entities do not match the representations";
  }
  fetch.rewriteResponse?.(entities);
  for (let index = 0; index < objects.length; index++) {
    const representation = representationIndexes[index] ?? 0;
    const entity: unknown = entities[representation];
    const object = objects[index] ?? {};
    if (isJsonObject(entity)) mergeObject(object, entity, types.abstract);
    else if (entity === null) applyNullEntity(execution, fetch, object, errorOf(representation), types);
  }
  return undefined;
}

/** A null entity with an error fails later fetches that need its fields; without an error all its fields are null. */
function applyNullEntity(
  execution: PlanExecution,
  fetch: CompiledFetch,
  object: JsonObject,
  error: FetchFailure | undefined,
  types: SchemaTypes,
): void {
  if (error) failuresOf(execution, fetch).objects.set(object, error);
  else fillNulls(fetch, object, types);
}

function failuresOf(execution: PlanExecution, fetch: CompiledFetch): FetchFailures {
  execution.failures ??= new Map();
  const failures = execution.failures.get(fetch) ?? { whole: undefined, objects: new Map() };
  execution.failures.set(fetch, failures);
  return failures;
}
