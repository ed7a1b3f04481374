import type { ResponsePath } from "../compiled-operation.ts";
import { isJsonObject, type JsonObject, own } from "../json.ts";
import type { SchemaTypes } from "../schema-types.ts";

/** Step of a plan path: into a field, into a list, or a condition on the object's type. */
type PathStep = { kind: "field"; name: string } | { kind: "list" } | { kind: "types"; names: readonly string[] };

/** An object of the merged data, with its path there. */
export type ObjectAtPath = { object: JsonObject; path: ResponsePath };

export type PlanPath = {
  /** Names of the fields on the path. */
  names: readonly string[];
  /** Objects at the path, in data order. Nulls, missing values and values that are not objects are skipped. */
  objects(root: JsonObject): JsonObject[];
  /** The same objects with their paths; slower, for errors only. */
  objectsWithPaths(root: JsonObject): ObjectAtPath[];
};

/** @param path in the planner's notation: `["products", "@", "seller"]`, with types as in `"@|[Book,Film]"`. */
export function planPath(path: readonly (string | number)[], types: SchemaTypes): PlanPath {
  const steps = path.flatMap(stepsOf);
  return {
    names: steps.flatMap((step) => (step.kind === "field" ? [step.name] : [])),
    objects(root) {
      if (steps.length === 0) return [root];
      const found: JsonObject[] = [];
      gather(root, steps, 0, types, found);
      return found;
    },
    objectsWithPaths(root) {
      const found: ObjectAtPath[] = [];
      gatherWithPaths(root, steps, 0, types, [], found);
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

function gatherWithPaths(
  value: unknown,
  steps: readonly PathStep[],
  from: number,
  types: SchemaTypes,
  path: ResponsePath,
  found: ObjectAtPath[],
): void {
  const step = steps[from];
  const descend = (inner: unknown, innerPath: ResponsePath) =>
    gatherWithPaths(inner, steps, from + 1, types, innerPath, found);
  if (step?.kind === "list") {
    if (!Array.isArray(value)) return;
    value.forEach((each, index) => void descend(each, [...path, index]));
  } else if (isJsonObject(value)) {
    if (!step) found.push({ object: value, path });
    else if (step.kind === "field") descend(own(value, step.name), [...path, step.name]);
    else if (isOneOf(value, step.names, types)) descend(value, path);
  }
}

function isOneOf({ __typename }: JsonObject, names: readonly string[], types: SchemaTypes): boolean {
  return names.some((name) => types.isOfType(__typename, name));
}
