import { type DocumentNode, Kind, visit } from "graphql";

/** True for a value with more than `allowed` levels of lists and objects. Recursion ends at the limit. */
export function isDeeperThan(value: unknown, allowed: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (allowed === 0) return true;
  if (Array.isArray(value)) return value.some((each) => isDeeperThan(each, allowed - 1));
  for (const key in value) {
    if (isDeeperThan((value as Record<string, unknown>)[key], allowed - 1)) return true; // an object of JSON
  }
  return false;
}

/** Deepest nesting of lists and objects in the literals of a document. */
export function literalDepth(document: DocumentNode): number {
  let depth = 0;
  let deepest = 0;
  const literal = {
    enter() {
      deepest = Math.max(deepest, ++depth);
    },
    leave() {
      depth--;
    },
  };
  visit(document, { [Kind.LIST]: literal, [Kind.OBJECT]: literal });
  return deepest;
}
