import type { Relation } from "../_shared/reference/relations.ts";

const DESCENDANTS: ReadonlySet<string> = new Set<Relation>(["CHILD", "ADOPTED_CHILD", "GRANDCHILD"]);

/** True if a newborn can have this relation to the head by descent alone, so that no officer needs to verify it. */
export function isDescendant(relation: string): boolean {
  return DESCENDANTS.has(relation);
}
