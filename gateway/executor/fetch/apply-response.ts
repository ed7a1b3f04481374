import { SubgraphFailure } from "../../subgraph-client/subgraph-failure.ts";
import type { Subgraph, SubgraphResponse } from "../../subgraph-client/subgraph-request.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import type { FetchFailure, FetchFailures, PlanExecution } from "../plan-execution.ts";
import type { SchemaTypes } from "../schema-types.ts";
import { fillNulls } from "./expected-fields.ts";
import type { CompiledFetch, FetchTargets } from "./fetch.ts";
import { mergeObject } from "./merge-data.ts";
import { errorsOf } from "./subgraph-errors.ts";

/** Notes that a subgraph gave no usable answer. @throws whatever else went wrong. */
export function applyFailure(run: PlanExecution, fetch: CompiledFetch, { agency }: Subgraph, error: unknown): void {
  if (!(error instanceof SubgraphFailure)) throw error;
  const message = `${agency} cannot be reached: ${error.message}`;
  failuresOf(run, fetch).whole = { message, extensions: { code: "UNAVAILABLE", agency } };
}

/**
 * Merges an answer into the data and takes its errors over. What a subgraph says of its whole answer is said at each place
 * that is null for it, like the want of any answer.
 */
export function applyResponse(
  run: PlanExecution,
  fetch: CompiledFetch,
  targets: FetchTargets,
  { data, errors }: SubgraphResponse,
  subgraph: Subgraph,
  types: SchemaTypes,
): void {
  const said =
    Array.isArray(errors) && errors.length > 0 ? errorsOf(errors, run.data, fetch, targets, subgraph.name) : undefined;
  if (said) {
    for (const error of said.withPath) run.errors.push(error);
    const [first] = said.withoutPath;
    if (first && !hasData(data, targets)) {
      failuresOf(run, fetch).whole = { message: first.message, extensions: first.extensions };
      return;
    }
    for (const error of said.withoutPath) run.errors.push(error);
  }
  const ofEntity = (number: number) => said?.byRepresentation.get(number);
  const fault = mergeEntities(run, fetch, targets, data, types, ofEntity);
  if (fault === undefined) return;
  if (fault === "nothing" && said) {
    const { objects, representationIndexes: asked } = targets;
    objects.forEach((object, index) => void applyNullEntity(run, fetch, object, ofEntity(asked?.[index] ?? 0), types));
    return;
  }
  failuresOf(run, fetch).whole = {
    message: `A subgraph's answer breaks the protocol: ${fault}`,
    extensions: { code: "INTERNAL", serviceName: subgraph.name },
  };
}

function hasData(data: unknown, { representationIndexes: asked }: FetchTargets): boolean {
  return isJsonObject(data) && (!asked || Array.isArray(data._entities));
}

/** Gives what is wrong with the data: "nothing" where there are none, which is for the errors to explain. */
function mergeEntities(
  run: PlanExecution,
  fetch: CompiledFetch,
  targets: FetchTargets,
  data: unknown,
  types: SchemaTypes,
  errorOf: (number: number) => FetchFailure | undefined,
): string | undefined {
  if (data === null || data === undefined) return "nothing";
  if (!isJsonObject(data)) return "its data are no object";
  const { objects, representationIndexes: asked, representationCount: count } = targets;
  if (!asked) {
    fetch.rewriteAnswer?.(data);
    for (let index = 0; index < objects.length; index++) mergeObject(objects[index] ?? {}, data, types.abstract);
    return undefined;
  }
  const entities = data._entities;
  if (entities === null || entities === undefined) return "nothing";
  if (!Array.isArray(entities) || entities.length !== count) return "its entities are not those that were asked for";
  fetch.rewriteAnswer?.(entities);
  for (let index = 0; index < objects.length; index++) {
    const number = asked[index] ?? 0;
    const entity: unknown = entities[number];
    const object = objects[index] ?? {};
    if (isJsonObject(entity)) mergeObject(object, entity, types.abstract);
    else if (entity === null) applyNullEntity(run, fetch, object, errorOf(number), types);
  }
  return undefined;
}

/** An object of which nothing was brought: by an error, on which nothing further is built, or because there is nothing. */
function applyNullEntity(
  run: PlanExecution,
  fetch: CompiledFetch,
  object: JsonObject,
  error: FetchFailure | undefined,
  types: SchemaTypes,
): void {
  if (error) failuresOf(run, fetch).objects.set(object, error);
  else fillNulls(fetch, object, types);
}

function failuresOf(run: PlanExecution, fetch: CompiledFetch): FetchFailures {
  run.failures ??= new Map();
  const failure = run.failures.get(fetch) ?? { whole: undefined, objects: new Map() };
  run.failures.set(fetch, failure);
  return failure;
}
