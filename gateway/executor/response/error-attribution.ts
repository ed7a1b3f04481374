import type { QueryPlanSelectionNode } from "@apollo/query-planner";
import type { ResponsePath } from "../compiled-operation.ts";
import { type ExpectedField, expectedFields } from "../fetch/expected-fields.ts";
import type { CompiledFetch } from "../fetch/fetch.ts";
import { isJsonObject, type JsonObject, own } from "../json.ts";
import type { FetchFailure, PlanExecution } from "../plan-execution.ts";
import type { SchemaTypes } from "../schema-types.ts";

/** Which failure a missing value is to be blamed on, by the `placeKey` of its path in the merged data. */
export type ErrorAttribution = ReadonlyMap<string, FetchFailure>;

export function pathKey(path: ResponsePath): string {
  return path.join("/");
}

/**
 * Finds what the failed fetches of a run would have brought, and what later ones would have, had they not lacked something
 * of it: that is blamed on the failure where it began.
 */
export function attributeMissingData(
  { data, failures }: PlanExecution,
  fetches: readonly CompiledFetch[],
  types: SchemaTypes,
): ErrorAttribution {
  const found = new Map<string, FetchFailure>();
  if (!failures) return found;
  for (const fetch of fetches) {
    const failure = failures.get(fetch);
    const fields = expectedFields(fetch.node);
    for (const { object, path } of fetch.path.objectsWithPaths(data)) {
      const cause =
        missingRequirement(fetch.node.requires ?? [], object, path, found, types) ??
        failure?.whole ??
        failure?.objects.get(object);
      if (cause) attributeFields(fields, object, path, cause, found, types);
    }
  }
  return found;
}

function attributeFields(
  fields: readonly ExpectedField[],
  object: JsonObject,
  path: ResponsePath,
  failure: FetchFailure,
  found: Map<string, FetchFailure>,
  types: SchemaTypes,
): void {
  for (const { name, on, fields: inner } of fields) {
    if (on !== undefined && typeof object.__typename === "string" && !types.isOfType(object.__typename, on)) continue;
    const value = own(object, name);
    const place = [...path, name];
    const isThere = value !== undefined && !(name === "__typename" && types.abstract.has(String(value)));
    if (isThere) attributeNested(inner, value, place, failure, found, types);
    else if (!found.has(pathKey(place))) found.set(pathKey(place), failure);
  }
}

function attributeNested(
  fields: readonly ExpectedField[],
  value: unknown,
  path: ResponsePath,
  failure: FetchFailure,
  found: Map<string, FetchFailure>,
  types: SchemaTypes,
): void {
  if (fields.length === 0) return;
  if (Array.isArray(value)) {
    value.forEach((each, index) => void attributeNested(fields, each, [...path, index], failure, found, types));
  } else if (isJsonObject(value)) {
    attributeFields(fields, value, path, failure, found, types);
  }
}

/** The failure for which an object lacks something that a fetch needs to know of it. */
function missingRequirement(
  needed: readonly QueryPlanSelectionNode[],
  value: unknown,
  path: ResponsePath,
  found: ReadonlyMap<string, FetchFailure>,
  types: SchemaTypes,
): FetchFailure | undefined {
  if (Array.isArray(value)) {
    return firstOf(value, (each, index) => missingRequirement(needed, each, [...path, index], found, types));
  }
  if (!isJsonObject(value)) return undefined;
  return firstOf(needed, (each) => {
    if (each.kind === "InlineFragment") {
      const applies = each.typeCondition === undefined || types.isOfType(value.__typename, each.typeCondition);
      return applies ? missingRequirement(each.selections, value, path, found, types) : undefined;
    }
    const name = each.alias ?? each.name;
    const place = [...path, name];
    const inner = own(value, name);
    return inner === undefined
      ? found.get(pathKey(place))
      : missingRequirement(each.selections ?? [], inner, place, found, types);
  });
}

function firstOf<Each, Found>(list: readonly Each[], look: (each: Each, index: number) => Found | undefined) {
  for (const [index, each] of list.entries()) {
    const found = look(each, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
