import { type FieldNode, print } from "graphql";
import type { SchemaTypes } from "../schema-types.ts";

/**
 * The name that a field has in the plan and in the data of subgraphs. It never depends on the client's alias alone: an alias
 * might be the name of a key, and a field with other arguments might be what a @requires asks for.
 */
export type DataNameOf = (node: FieldNode) => string;

/**
 * Names for one operation, one for each field, arguments and response name: a null in one must not reach another, each step of a
 * mutation is to be executed, and what a client keeps apart by aliases may be of types that cannot stand under one name. They are
 * the same whether a field is asked of an interface or of an object type, which may have arguments that the interface has not.
 */
export function dataNames({ fieldNames, fieldsWithArguments }: SchemaTypes): DataNameOf {
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

  return (node) => {
    const field = node.name.value;
    const alias = node.alias?.value ?? field;
    if (alias === field && !fieldsWithArguments.has(field)) return field;
    const key = `${alias}:${field}(${(node.arguments ?? []).map(print).sort().join(",")})`;
    const known = named.get(key);
    if (known) return known;
    const name = fresh(field);
    named.set(key, name);
    return name;
  };
}
