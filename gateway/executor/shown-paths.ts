import { Kind, type SelectionSetNode } from "graphql";
import type { ResponsePath } from "./compiled.ts";
import type { Shown } from "./selections.ts";

/** The response names that a client asked for, by the name in the merged data; those below all types together. */
type Names = Map<string, { name: string; below: Names }>;

/**
 * Turns a path of the merged data into one of the client's response. It ends where the client asked for nothing more: what
 * the gateway fetches for itself (keys, what @requires names) has no place there.
 */
export function shownPaths(shown: Shown, plannedName: (responseName: string) => string) {
  let names: Names | undefined;
  return (path: ResponsePath): ResponsePath => {
    names ??= namesOf(shown.operation.selectionSet, shown, plannedName, new Map(), new Set());
    const seen: (string | number)[] = [];
    let current: Names = names;
    for (const each of path) {
      if (typeof each === "number") {
        seen.push(each);
        continue;
      }
      const found = current.get(each);
      if (!found) break;
      seen.push(found.name);
      current = found.below;
    }
    return seen;
  };
}

function namesOf(
  { selections }: SelectionSetNode,
  shown: Shown,
  plannedName: (responseName: string) => string,
  names: Names,
  visited: Set<string>,
): Names {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      const name = selection.alias?.value ?? selection.name.value;
      const found = names.get(plannedName(name)) ?? { name, below: new Map() };
      names.set(plannedName(name), found);
      if (selection.selectionSet) namesOf(selection.selectionSet, shown, plannedName, found.below, new Set());
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      namesOf(selection.selectionSet, shown, plannedName, names, visited);
    } else if (!visited.has(selection.name.value)) {
      visited.add(selection.name.value);
      const fragment = shown.fragments.get(selection.name.value);
      if (fragment) namesOf(fragment.selectionSet, shown, plannedName, names, visited);
    }
  }
  return names;
}
