import type { ResponsePath } from "../compiled-operation.ts";
import { isJsonObject, type JsonObject, own } from "../json.ts";
import type { SchemaTypes } from "../schema-types.ts";

/** A step of a plan's path: a field, into a list, or on only with objects of some types. */
type PathStep = { kind: "field"; name: string } | { kind: "list" } | { kind: "types"; names: readonly string[] };

/** Where in the data a fetch finds its objects, and puts what it brings. */
export type ObjectAtPath = { object: JsonObject; path: ResponsePath };

export type PlanPath = {
  /** The objects there, in the order of the data; what is null, missing or no object is left out. */
  objects(root: JsonObject): JsonObject[];
  /** The same with the path of each: for errors alone, since paths cost. */
  objectsWithPaths(root: JsonObject): ObjectAtPath[];
};

/** @param path as plans write it: `["products", "@", "seller"]`, with types as in `"@|[Book,Film]"`. */
export function planPath(path: readonly (string | number)[], types: SchemaTypes): PlanPath {
  const steps = path.flatMap(stepsOf);
  return {
    objects(root) {
      if (steps.length === 0) return [root];
      const found: JsonObject[] = [];
      gather(root, steps, 0, types, found);
      return found;
    },
    objectsWithPaths(root) {
      const found: ObjectAtPath[] = [];
      locate(root, steps, 0, types, [], found);
      return found;
    },
  };
}

function stepsOf(element: string | number): PathStep[] {
  const [, name = "", types] = /^([^|]*)(?:\|\[(.*)\])?$/.exec(String(element)) ?? [];
  const step: PathStep[] = name === "@" ? [{ kind: "list" }] : name === "" ? [] : [{ kind: "field", name }];
  return types === undefined ? step : [...step, { kind: "types", names: types.split(",") }];
}

function gather(
  value: unknown,
  steps: readonly PathStep[],
  from: number,
  types: SchemaTypes,
  found: JsonObject[],
): void {
  let current = value;
  for (let index = from; index < steps.length; index++) {
    const step = steps[index] as PathStep; // within its bounds
    if (step.kind === "list") {
      if (!Array.isArray(current)) return;
      for (let each = 0; each < current.length; each++) gather(current[each], steps, index + 1, types, found);
      return;
    }
    if (!isJsonObject(current)) return;
    if (step.kind === "field") current = own(current, step.name);
    else if (!isOneOf(current, step.names, types)) return;
  }
  if (isJsonObject(current)) found.push(current);
}

function locate(
  value: unknown,
  steps: readonly PathStep[],
  from: number,
  types: SchemaTypes,
  path: ResponsePath,
  found: ObjectAtPath[],
): void {
  const step = steps[from];
  if (step?.kind === "list") {
    if (!Array.isArray(value)) return;
    value.forEach((each, index) => void locate(each, steps, from + 1, types, [...path, index], found));
  } else if (isJsonObject(value)) {
    if (!step) found.push({ object: value, path });
    else if (step.kind === "field") locate(own(value, step.name), steps, from + 1, types, [...path, step.name], found);
    else if (isOneOf(value, step.names, types)) locate(value, steps, from + 1, types, path, found);
  }
}

function isOneOf({ __typename }: JsonObject, names: readonly string[], types: SchemaTypes): boolean {
  return names.some((name) => types.isOfType(__typename, name));
}
