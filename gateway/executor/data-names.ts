import { type FieldNode, print } from "graphql";
import type { Types } from "./types.ts";

/**
 * The name that a field has in the plan and in the data of subgraphs. It never depends on the client's alias alone: an alias
 * might be the name of a key, and a field with other arguments might be what a @requires asks for.
 */
export type DataNames = (node: FieldNode, isStep: boolean) => string;

/**
 * Names for one operation. They are the same whether a field is asked of an interface or of an object type, which may have
 * arguments that the interface has not. Leaves without arguments have their own, and leaves that say the same share one. What has fields
 * of its own is kept apart by its response name, since a null in one must not reach another; and so are the steps of a mutation
 * (`isStep`), each of which is to be executed.
 */
export function dataNames({ fieldNames, fieldsWithArguments }: Types): DataNames {
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

  return (node, isStep) => {
    const field = node.name.value;
    const alias = node.alias?.value ?? field;
    const isApart = isStep || node.selectionSet !== undefined;
    if (!fieldsWithArguments.has(field) && (!isApart || alias === field)) return field;
    const key = `${field}(${(node.arguments ?? []).map(print).join(",")}) ${isApart ? alias : ""}`;
    const known = named.get(key);
    if (known) return known;
    const name = fresh(field);
    named.set(key, name);
    return name;
  };
}
