import type { QueryPlanSelectionNode } from "@apollo/query-planner";
import type { ResponsePath } from "../compiled-operation.ts";
import type { CompiledFetch } from "../fetch/compiled-fetch.ts";
import { type ExpectedField, expectedFields } from "../fetch/expected-fields.ts";
import { isJsonObject, type JsonObject, own } from "../json.ts";
import type { FetchFailure, PlanExecution } from "../plan-execution.ts";
import type { SchemaTypes } from "../schema-types.ts";

/** Failure that explains each missing value, and each null, by the `pathKey` of its path in the merged data. */
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
        firstDefined(fetch.context?.missingAt(data, path) ?? [], (each) => found.get(pathKey(each))) ??
        failure?.objects.get(object) ??
        failure?.whole;
      if (cause) attribution.attributeFields(fields, object, path, cause);
    }
  }
  return found;
}

/**
 * True if any fetch of the plan selects the field at a path of the merged data. A plan selects nothing on an object type that not
 * every subgraph of a shared field can return: composition demands that those return the same objects.
 */
export function isPlanned(
  { data }: PlanExecution,
  fetches: readonly CompiledFetch[],
  dataPath: ResponsePath,
  types: SchemaTypes,
): boolean {
  return fetches.some((fetch) =>
    fetch.path
      .objectsWithPaths(data)
      .some(
        ({ path, object }) =>
          isPrefix(path, dataPath) && selects(expectedFields(fetch.node), object, dataPath.slice(path.length), types),
      ),
  );
}

function isPrefix(prefix: ResponsePath, path: ResponsePath): boolean {
  return prefix.every((step, index) => step === path[index]);
}

function selects(fields: readonly ExpectedField[], value: unknown, path: ResponsePath, types: SchemaTypes): boolean {
  const [step, ...rest] = path;
  if (step === undefined) return true;
  if (typeof step === "number") return selects(fields, Array.isArray(value) ? value[step] : undefined, rest, types);
  const object = isJsonObject(value) ? value : {};
  const typename = object.__typename;
  return fields.some(({ name, on, fields: inner }) => {
    const applies = on === undefined || typeof typename !== "string" || types.isOfType(typename, on);
    return name === step && applies && selects(inner, own(object, step), rest, types);
  });
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
      // A null counts as missing: if its type is non-null, it needs an error.
      const isPresent =
        value !== undefined && value !== null && !(name === "__typename" && types.abstract.has(String(value)));
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
        if (applies) return this.missingRequirement(each.selections, value, path);
        // The object's type may be unknown because the fetch that asks for it failed.
        return types.abstract.has(String(value.__typename)) ? found.get(pathKey([...path, "__typename"])) : undefined;
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
