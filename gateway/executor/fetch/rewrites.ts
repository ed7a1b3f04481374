import type { FetchDataRewrite } from "@apollo/query-planner";
import { isJsonObject, type JsonObject, own, setOwn } from "../json.ts";
import type { SchemaTypes } from "../schema-types.ts";
import { mergeObject } from "./merge-data.ts";

const FRAGMENT = "... on ";

/** Applies the input or output rewrites of a fetch to data, in place. */
export type Rewrite = (data: unknown) => void;

/** Undefined where there are no rewrites. */
export function rewriter(rewrites: readonly FetchDataRewrite[] | undefined, types: SchemaTypes): Rewrite | undefined {
  if (!rewrites || rewrites.length === 0) return undefined;
  return (data) => {
    for (const rewrite of rewrites) apply(rewrite, 0, data, types);
  };
}

function apply(rewrite: FetchDataRewrite, from: number, data: unknown, types: SchemaTypes): void {
  if (Array.isArray(data)) {
    for (const each of data) apply(rewrite, from, each, types);
    return;
  }
  const step = rewrite.path[from];
  if (!isJsonObject(data) || step === undefined) return;
  if (step.startsWith(FRAGMENT)) {
    // The plan selects `__typename` wherever several types are possible, so an object without it matches.
    const applies = data.__typename === undefined || types.isOfType(data.__typename, step.slice(FRAGMENT.length));
    if (applies) apply(rewrite, from + 1, data, types);
  } else if (from < rewrite.path.length - 1) {
    apply(rewrite, from + 1, own(data, step), types);
  } else {
    change(rewrite, data, step, types);
  }
}

function change(rewrite: FetchDataRewrite, object: JsonObject, name: string, types: SchemaTypes): void {
  const value = own(object, name);
  if (rewrite.kind === "ValueSetter") {
    setOwn(object, name, rewrite.setValueTo);
  } else if (value !== undefined) {
    delete object[name];
    const existing = own(object, rewrite.renameKeyTo);
    if (isJsonObject(existing) && isJsonObject(value)) mergeObject(existing, value, types.abstract);
    else setOwn(object, rewrite.renameKeyTo, value);
  }
}

/** Applies the key renames of a fetch to a path in a subgraph's response. List indexes stay. */
export function renamedPath(path: readonly (string | number)[], rewrites: readonly FetchDataRewrite[] | undefined) {
  const renamed = [...path];
  for (const rewrite of rewrites ?? []) {
    if (rewrite.kind !== "KeyRenamer") continue;
    const names = rewrite.path.filter((each) => !each.startsWith(FRAGMENT));
    const positions = path.flatMap((each, index) => (typeof each === "string" ? [index] : []));
    const last = positions[names.length - 1];
    if (last !== undefined && names.every((name, index) => path[positions[index] ?? -1] === name)) {
      renamed[last] = rewrite.renameKeyTo;
    }
  }
  return renamed;
}
