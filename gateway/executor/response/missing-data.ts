import type { QueryPlanSelectionNode } from "@apollo/query-planner";
import type { ResponsePath } from "../compiled-operation.ts";
import type { Failure, Run } from "../execution.ts";
import type { Fetch } from "../fetch/fetch.ts";
import { type FetchedField, fetchedFields } from "../fetch/fetched-fields.ts";
import { isJsonObject, type JsonObject, own } from "../json.ts";
import type { Types } from "../schema-types.ts";

/** Which failure a missing value is to be blamed on, by the `placeKey` of its path in the merged data. */
export type Blames = ReadonlyMap<string, Failure>;

export function placeKey(path: ResponsePath): string {
  return path.join("/");
}

/**
 * Finds what the failed fetches of a run would have brought, and what later ones would have, had they not lacked something
 * of it: that is blamed on the failure where it began.
 */
export function blames({ data, failures }: Run, fetches: readonly Fetch[], types: Types): Blames {
  const found = new Map<string, Failure>();
  if (!failures) return found;
  for (const fetch of fetches) {
    const failure = failures.get(fetch);
    const fields = fetchedFields(fetch.node);
    for (const { object, path } of fetch.path.places(data)) {
      const cause =
        lacking(fetch.node.requires ?? [], object, path, found, types) ??
        failure?.whole ??
        failure?.objects.get(object);
      if (cause) blameFields(fields, object, path, cause, found, types);
    }
  }
  return found;
}

function blameFields(
  fields: readonly FetchedField[],
  object: JsonObject,
  path: ResponsePath,
  failure: Failure,
  found: Map<string, Failure>,
  types: Types,
): void {
  for (const { name, on, fields: inner } of fields) {
    if (on !== undefined && typeof object.__typename === "string" && !types.isOf(object.__typename, on)) continue;
    const value = own(object, name);
    const place = [...path, name];
    const isThere = value !== undefined && !(name === "__typename" && types.abstract.has(String(value)));
    if (isThere) blameInside(inner, value, place, failure, found, types);
    else if (!found.has(placeKey(place))) found.set(placeKey(place), failure);
  }
}

function blameInside(
  fields: readonly FetchedField[],
  value: unknown,
  path: ResponsePath,
  failure: Failure,
  found: Map<string, Failure>,
  types: Types,
): void {
  if (fields.length === 0) return;
  if (Array.isArray(value)) {
    value.forEach((each, index) => void blameInside(fields, each, [...path, index], failure, found, types));
  } else if (isJsonObject(value)) {
    blameFields(fields, value, path, failure, found, types);
  }
}

/** The failure for which an object lacks something that a fetch needs to know of it. */
function lacking(
  needed: readonly QueryPlanSelectionNode[],
  value: unknown,
  path: ResponsePath,
  found: ReadonlyMap<string, Failure>,
  types: Types,
): Failure | undefined {
  if (Array.isArray(value)) {
    return firstOf(value, (each, index) => lacking(needed, each, [...path, index], found, types));
  }
  if (!isJsonObject(value)) return undefined;
  return firstOf(needed, (each) => {
    if (each.kind === "InlineFragment") {
      const applies = each.typeCondition === undefined || types.isOf(value.__typename, each.typeCondition);
      return applies ? lacking(each.selections, value, path, found, types) : undefined;
    }
    const name = each.alias ?? each.name;
    const place = [...path, name];
    const inner = own(value, name);
    return inner === undefined
      ? found.get(placeKey(place))
      : lacking(each.selections ?? [], inner, place, found, types);
  });
}

function firstOf<Each, Found>(list: readonly Each[], look: (each: Each, index: number) => Found | undefined) {
  for (const [index, each] of list.entries()) {
    const found = look(each, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
