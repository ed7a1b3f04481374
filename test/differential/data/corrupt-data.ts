import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isSpecifiedScalarType,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { fieldsByName, operationSet, setsBelow } from "./document-selections.ts";

/** Fault of the fields with a given response name. */
export type Fault = "wrong" | "missing" | undefined;
type Data = Record<string, unknown> | null;

/** Response data in which the fields of some names have a wrong type or are missing. */
export function corruptData(
  data: Data,
  document: DocumentNode,
  schema: GraphQLSchema,
  fault: (name: string) => Fault,
): Data {
  const wrong = new Map<FieldNode, unknown>();
  const types = new TypeInfo(schema);
  visit(document, visitWithTypeInfo(types, { Field: { enter: (node) => void wrong.set(node, wrongValue(types)) } }));

  function corrupt(value: unknown, sets: readonly SelectionSetNode[]): unknown {
    if (Array.isArray(value)) return value.map((each) => corrupt(each, sets));
    if (typeof value !== "object" || value === null || sets.length === 0) return value;
    const fields = fieldsByName(sets, document);
    const entries = Object.entries(value).flatMap(([name, inner]) => {
      const nodes = fields.get(name) ?? [];
      const kind = name.startsWith("_") ? undefined : fault(name);
      if (!kind) return [[name, corrupt(inner, setsBelow(nodes))]];
      const instead = kind === "wrong" && nodes[0] ? wrong.get(nodes[0]) : undefined;
      return instead === undefined ? [] : [[name, instead]];
    });
    return Object.fromEntries(entries);
  }
  return corrupt(data, [operationSet(document)]) as Data; // an object, or null as before
}

/** Response data with additional fields that were not selected, in every object. */
export function withExtraFields(data: Data, document: DocumentNode): Data {
  function junk(value: unknown, sets: readonly SelectionSetNode[]): unknown {
    if (Array.isArray(value)) return value.map((each) => junk(each, sets));
    if (typeof value !== "object" || value === null || sets.length === 0) return value;
    const fields = fieldsByName(sets, document);
    const inner = Object.entries(value).map(([name, each]) => [name, junk(each, setsBelow(fields.get(name) ?? []))]);
    return { zzJunk: [{ zz: 1 }], ...Object.fromEntries(inner), zzMore: "junk" };
  }
  return junk(data, [operationSet(document)]) as Data; // an object, or null as before
}

/** Value that the visited type can never have; undefined if the type accepts any value. */
function wrongValue(types: TypeInfo): unknown {
  const type = types.getType();
  const inner = isNonNullType(type) ? type.ofType : type;
  if (isListType(inner)) return { no: "list" };
  if (!isLeafType(inner)) return "no object";
  if (isEnumType(inner)) return "NO_SUCH_VALUE";
  return isSpecifiedScalarType(inner) ? { no: "scalar" } : undefined;
}
