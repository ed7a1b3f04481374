import { type FieldNode, type GraphQLField, print } from "graphql";
import type { Types } from "./types.ts";

/**
 * The name that a field has in the plan and in the data of subgraphs. It never depends on the client's alias alone: an alias
 * might be the name of a key, and a field with other arguments might be what a @requires asks for.
 */
export type DataNames = (field: GraphQLField<unknown, unknown>, node: FieldNode, isStep: boolean) => string;

/**
 * Names for one operation. Leaves without arguments have their own, and leaves that say the same share one. What has fields
 * of its own is kept apart by its response name, since a null in one must not reach another; and so are the steps of a mutation
 * (`isStep`), each of which is to be executed.
 */
export function dataNames({ fieldNames }: Types): DataNames {
  const named = new Map<string, string>();
  const taken = new Set<string>();

  function fresh(field: string): string {
    for (let number = 1; ; number++) {
      const name = `${field}__${number}`;
      if (taken.has(name) || fieldNames.has(name)) continue;
      taken.add(name);
      return name;
    }
  }

  return (field, node, isStep) => {
    const alias = node.alias?.value ?? field.name;
    const isApart = isStep || node.selectionSet !== undefined;
    if (field.args.length === 0 && (!isApart || alias === field.name)) return field.name;
    const key = `${field.name}(${(node.arguments ?? []).map(print).join(",")}) ${isApart ? alias : ""}`;
    const known = named.get(key);
    if (known) return known;
    const name = fresh(field.name);
    named.set(key, name);
    return name;
  };
}
