import { type FieldNode, print } from "graphql";
import type { SchemaTypes } from "../schema-types.ts";

/**
 * Name of a field in the plan and in the merged data. It never follows from the client's alias alone: an alias may equal the name
 * of a key field, and a field with other arguments may be one that a @requires names.
 */
export type DataNameOf = (node: FieldNode) => string;

/**
 * Names for one operation: one per field, arguments and response name. A null in one selection must not reach another, each root
 * field of a mutation is executed, and fields that a client separates by aliases may have types that cannot merge. The name is the
 * same on an interface and on its object types, whose field may have arguments that the interface's field lacks.
 */
export function dataNames({ fieldNames, fieldsWithArguments }: SchemaTypes): DataNameOf {
  const known = new Map<string, string>();
  const taken = new Set<string>();

  function uniqueName(field: string): string {
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
    const found = known.get(key);
    if (found) return found;
    const name = uniqueName(field);
    known.set(key, name);
    return name;
  };
}
