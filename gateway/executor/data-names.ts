import { type FieldNode, type GraphQLField, print } from "graphql";
import type { Types } from "./types.ts";

/**
 * The name that a field has in the plan and in the data of subgraphs. It depends on field and arguments alone, never on a client's
 * alias: an alias might be the name of a key, and a field with other arguments might be what a @requires asks for.
 */
export type DataNames = (field: GraphQLField<unknown, unknown>, node: FieldNode) => string;

/** Names for one operation: a field without arguments has its own, one with arguments is numbered by what they say. */
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

  return (field, node) => {
    if (field.args.length === 0) return field.name;
    const key = `${field.name}(${(node.arguments ?? []).map(print).join(",")})`;
    const known = named.get(key);
    if (known) return known;
    const name = fresh(field.name);
    named.set(key, name);
    return name;
  };
}
