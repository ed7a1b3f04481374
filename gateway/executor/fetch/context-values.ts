import type { FetchNode } from "@apollo/query-planner";
import type { ResponsePath, Variables } from "../compiled-operation.ts";
import { isJsonObject, type JsonObject, own, toJson } from "../json.ts";
import type { SchemaTypes } from "../schema-types.ts";
import type { ObjectAtPath, PlanPath } from "./plan-path.ts";

/** Objects of a fetch with equal values of its contextual arguments, which one request has in its variables. */
export type ContextGroup = { variables: Variables; objects: JsonObject[] };

/** Contextual arguments of a fetch (`@fromContext`), whose values are in objects that enclose the objects of the fetch. */
export type ContextValues = {
  /** Objects without a value are omitted: an argument that is missing because of a failure must not become null. */
  groups(root: JsonObject): ContextGroup[];
  /** Positions of the values that an object lacks. */
  missingAt(root: JsonObject, path: ResponsePath): ResponsePath[];
};

type Renamer = NonNullable<FetchNode["contextRewrites"]>[number];
type Found = { value: unknown } | { missing: ResponsePath };

const PARENT = "..";
const FRAGMENT = "... on ";

export function contextValues(
  { contextRewrites }: FetchNode,
  path: PlanPath,
  types: SchemaTypes,
): ContextValues | undefined {
  if (!contextRewrites || contextRewrites.length === 0) return undefined;
  const byArgument = new Map<string, Renamer[]>();
  for (const each of contextRewrites) {
    byArgument.set(each.renameKeyTo, [...(byArgument.get(each.renameKeyTo) ?? []), each]);
  }

  /** Value by the first rewrite that applies to the type of the enclosing object. */
  function find(root: JsonObject, objectPath: ResponsePath, renamers: readonly Renamer[]): Found | undefined {
    const around = objectsAround(root, objectPath);
    for (const renamer of renamers) {
      const levels = renamer.path.filter((step) => step === PARENT).length;
      const start = around[around.length - 1 - levels];
      const found = start && valueAt(start.object, renamer.path.slice(levels), start.path, types);
      if (found) return found;
    }
    return undefined;
  }

  function valuesOf(root: JsonObject, { path: objectPath }: ObjectAtPath): Record<string, unknown> | undefined {
    const values: Record<string, unknown> = {};
    for (const [argument, renamers] of byArgument) {
      const found = find(root, objectPath, renamers);
      if (!found || "missing" in found) return undefined;
      values[argument] = found.value;
    }
    return values;
  }

  return {
    groups(root) {
      const groups = new Map<string, ContextGroup>();
      for (const each of path.objectsWithPaths(root)) {
        const variables = valuesOf(root, each);
        if (!variables) continue;
        const key = toJson(variables);
        const group = groups.get(key) ?? { variables, objects: [] };
        groups.set(key, group);
        group.objects.push(each.object);
      }
      return [...groups.values()];
    },
    missingAt: (root, objectPath) =>
      [...byArgument.values()].flatMap((renamers) => {
        const found = find(root, objectPath, renamers);
        return found && "missing" in found ? [found.missing] : [];
      }),
  };
}

/** Objects on the way to a path, the root first; lists do not count as levels. */
function objectsAround(root: JsonObject, path: ResponsePath): ObjectAtPath[] {
  const around: ObjectAtPath[] = [{ object: root, path: [] }];
  let value: unknown = root;
  path.forEach((step, index) => {
    if (typeof step === "number") value = Array.isArray(value) ? value[step] : undefined;
    else value = isJsonObject(value) ? own(value, step) : undefined;
    if (isJsonObject(value)) around.push({ object: value, path: path.slice(0, index + 1) });
  });
  return around;
}

/** Undefined where a condition on the type does not hold. */
function valueAt(value: unknown, steps: readonly string[], path: ResponsePath, types: SchemaTypes): Found | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return value === undefined ? { missing: path } : { value };
  if (value === null) return { value: null };
  if (Array.isArray(value)) return listOf(value.map((each, index) => valueAt(each, steps, [...path, index], types)));
  if (!isJsonObject(value)) return { missing: path };
  if (step.startsWith(FRAGMENT)) {
    const applies = value.__typename === undefined || types.isOfType(value.__typename, step.slice(FRAGMENT.length));
    return applies ? valueAt(value, rest, path, types) : undefined;
  }
  return valueAt(own(value, step), rest, [...path, step], types);
}

function listOf(elements: readonly (Found | undefined)[]): Found {
  const values: unknown[] = [];
  for (const each of elements) {
    if (each && "missing" in each) return each;
    if (each) values.push(each.value);
  }
  return { value: values };
}
