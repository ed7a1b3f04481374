import type { FetchDataRewrite } from "@apollo/query-planner";
import { isJsonObject, type JsonObject, own, setOwn } from "../json.ts";
import type { SchemaTypes } from "../schema-types.ts";
import { mergeObject } from "./merge-data.ts";

const FRAGMENT = "... on ";

/** Changes data in place as a plan demands, on the way to a subgraph or back. */
export type Rewrite = (data: unknown) => void;

/** Undefined where there is nothing to rewrite. */
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
    // An object whose type nobody asked for is the one that is meant.
    const isMeant = data.__typename === undefined || types.isOfType(data.__typename, step.slice(FRAGMENT.length));
    if (isMeant) apply(rewrite, from + 1, data, types);
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
    const there = own(object, rewrite.renameKeyTo);
    if (isJsonObject(there) && isJsonObject(value)) mergeObject(there, value, types.abstract);
    else setOwn(object, rewrite.renameKeyTo, value);
  }
}

/** The names of a subgraph's answer as they are after the rewrites, for paths of errors. Indexes are left as they are. */
export function renamedPath(path: readonly (string | number)[], rewrites: readonly FetchDataRewrite[] | undefined) {
  const renamed = [...path];
  for (const rewrite of rewrites ?? []) {
    if (rewrite.kind !== "KeyRenamer") continue;
    const names = rewrite.path.filter((each) => !each.startsWith(FRAGMENT));
    const places = path.flatMap((each, index) => (typeof each === "string" ? [index] : []));
    const last = places[names.length - 1];
    if (last !== undefined && names.every((name, index) => path[places[index] ?? -1] === name)) {
      renamed[last] = rewrite.renameKeyTo;
    }
  }
  return renamed;
}
