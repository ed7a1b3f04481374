import type { QueryPlanSelectionNode } from "@apollo/query-planner";
import type { ResponsePath } from "../compiled-operation.ts";
import type { CompiledFetch } from "../fetch/compiled-fetch.ts";
import { type ExpectedField, expectedFields } from "../fetch/expected-fields.ts";
import { isJsonObject, type JsonObject, own } from "../json.ts";
import type { FetchFailure, PlanExecution } from "../plan-execution.ts";
import type { SchemaTypes } from "../schema-types.ts";

/** Failure that explains each missing value, by the `pathKey` of its path in the merged data. */
export type ErrorAttribution = ReadonlyMap<string, FetchFailure>;

export function pathKey(path: ResponsePath): string {
  return path.join("/");
}

/**
 * Attributes missing data to failed fetches: the fields of a failed fetch, and the fields of later fetches that lacked something
 * they required of it.
 */
export function attributeMissingData(
  { data, failures }: PlanExecution,
  fetches: readonly CompiledFetch[],
  types: SchemaTypes,
): ErrorAttribution {
  const found = new Map<string, FetchFailure>();
  if (!failures) return found;
  const attribution = new Attribution(found, types);
  for (const fetch of fetches) {
    const failure = failures.get(fetch);
    const fields = expectedFields(fetch.node);
    for (const { object, path } of fetch.path.objectsWithPaths(data)) {
      const cause =
        attribution.missingRequirement(fetch.node.requires ?? [], object, path) ??
        failure?.whole ??
        failure?.objects.get(object);
      if (cause) attribution.attributeFields(fields, object, path, cause);
    }
  }
  return found;
}

/** True if any fetch of the plan selects the field at a path of the merged data. */
export function isPlanned({ data }: PlanExecution, fetches: readonly CompiledFetch[], dataPath: ResponsePath): boolean {
  return fetches.some((fetch) =>
    fetch.path
      .objectsWithPaths(data)
      .some(({ path }) => isPrefix(path, dataPath) && selects(expectedFields(fetch.node), dataPath.slice(path.length))),
  );
}

function isPrefix(prefix: ResponsePath, path: ResponsePath): boolean {
  return prefix.every((step, index) => step === path[index]);
}

function selects(fields: readonly ExpectedField[], path: ResponsePath): boolean {
  const [name, ...rest] = path.filter((step) => typeof step === "string");
  if (name === undefined) return true;
  return fields.some((field) => field.name === name && selects(field.fields, rest));
}

class Attribution {
  private readonly found: Map<string, FetchFailure>;
  private readonly types: SchemaTypes;

  constructor(found: Map<string, FetchFailure>, types: SchemaTypes) {
    this.found = found;
    this.types = types;
  }

  /** Attributes the missing fields of an object, and of objects inside it, to a failure. */
  attributeFields(
    fields: readonly ExpectedField[],
    object: JsonObject,
    path: ResponsePath,
    failure: FetchFailure,
  ): void {
    const { found, types } = this;
    for (const { name, on, fields: inner } of fields) {
      if (on !== undefined && typeof object.__typename === "string" && !types.isOfType(object.__typename, on)) continue;
      const value = own(object, name);
      const fieldPath = [...path, name];
      const isPresent = value !== undefined && !(name === "__typename" && types.abstract.has(String(value)));
      if (isPresent) this.attributeNested(inner, value, fieldPath, failure);
      else if (!found.has(pathKey(fieldPath))) found.set(pathKey(fieldPath), failure);
    }
  }

  private attributeNested(
    fields: readonly ExpectedField[],
    value: unknown,
    path: ResponsePath,
    failure: FetchFailure,
  ): void {
    if (fields.length === 0) return;
    if (Array.isArray(value)) {
      value.forEach((each, index) => void this.attributeNested(fields, each, [...path, index], failure));
    } else if (isJsonObject(value)) {
      this.attributeFields(fields, value, path, failure);
    }
  }

  /** Failure because of which an object lacks a field that a fetch requires. */
  missingRequirement(
    required: readonly QueryPlanSelectionNode[],
    value: unknown,
    path: ResponsePath,
  ): FetchFailure | undefined {
    const { found, types } = this;
    if (Array.isArray(value)) {
      return firstDefined(value, (each, index) => this.missingRequirement(required, each, [...path, index]));
    }
    if (!isJsonObject(value)) return undefined;
    return firstDefined(required, (each) => {
      if (each.kind === "InlineFragment") {
        const applies = each.typeCondition === undefined || types.isOfType(value.__typename, each.typeCondition);
        return applies ? this.missingRequirement(each.selections, value, path) : undefined;
      }
      const name = each.alias ?? each.name;
      const fieldPath = [...path, name];
      const inner = own(value, name);
      return inner === undefined
        ? found.get(pathKey(fieldPath))
        : this.missingRequirement(each.selections ?? [], inner, fieldPath);
    });
  }
}

function firstDefined<Each, Found>(list: readonly Each[], search: (each: Each, index: number) => Found | undefined) {
  for (const [index, each] of list.entries()) {
    const found = search(each, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
