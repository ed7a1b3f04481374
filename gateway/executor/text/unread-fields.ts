import type { QueryPlanSelectionNode } from "@apollo/query-planner";
import type { CompiledFetch } from "../fetch/compiled-fetch.ts";
import { type ExpectedField, expectedFields } from "../fetch/expected-fields.ts";
import type { FieldPath } from "./json-text.ts";

/**
 * Tells which fields of the merged data may stay text: those that exactly one fetch adds, that no fetch reads, and below which no
 * other fetch adds fields.
 */
export function unreadFields(fetches: readonly CompiledFetch[]): (path: FieldPath) => boolean {
  if (fetches.some(({ context }) => context)) return () => false; // it reads parents of the fetch's objects
  const read = new Set<string>();
  const fetchesOf = new Map<string, number>();
  for (const { node, path } of fetches) {
    path.names.forEach((_, length) => void read.add(key(path.names.slice(0, length + 1))));
    addRequired(node.requires ?? [], path.names, read);
    for (const each of pathsOf(expectedFields(node), path.names)) fetchesOf.set(each, (fetchesOf.get(each) ?? 0) + 1);
  }
  return (path) => !read.has(key(path)) && fetchesOf.get(key(path)) === 1;
}

function key(path: FieldPath): string {
  return path.join("/");
}

function addRequired(selections: readonly QueryPlanSelectionNode[], parent: FieldPath, read: Set<string>): void {
  for (const selection of selections) {
    const path = selection.kind === "Field" ? [...parent, selection.alias ?? selection.name] : parent;
    if (selection.kind === "Field") read.add(key(path));
    addRequired(selection.selections ?? [], path, read);
  }
}

function pathsOf(fields: readonly ExpectedField[], parent: FieldPath): Set<string> {
  return new Set(
    fields.flatMap(({ name, fields: inner }) => [key([...parent, name]), ...pathsOf(inner, [...parent, name])]),
  );
}
