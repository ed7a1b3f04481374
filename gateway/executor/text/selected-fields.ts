import { type FieldNode, type GraphQLObjectType, Kind, type SelectionSetNode, TypeNameMetaFieldDef } from "graphql";
import type { FieldsOf, TextualField } from "./text-pattern.ts";

/** Field nodes that a fetch selects on an object, by response name; undefined where they depend on more than its type. */
export function fieldNodes(
  { selections }: SelectionSetNode,
  type: GraphQLObjectType | undefined,
  found = new Map<string, FieldNode>(),
): Map<string, FieldNode> | undefined {
  for (const selection of selections) {
    const isConditional = selection.directives?.some(({ name }) => name.value === "skip" || name.value === "include");
    if (isConditional || selection.kind === Kind.FRAGMENT_SPREAD) return undefined;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const condition = selection.typeCondition?.name.value;
      if (condition !== undefined && condition !== type?.name) return undefined;
      if (!fieldNodes(selection.selectionSet, type, found)) return undefined;
    } else {
      const name = selection.alias?.value ?? selection.name.value;
      if (found.has(name)) return undefined; // the selections of both are merged
      found.set(name, selection);
    }
  }
  return found;
}

/** The same fields with their types, in the form that `textPattern` needs. */
export function selectedFields(selectionSet: SelectionSetNode): FieldsOf {
  return (type) => {
    const nodes = fieldNodes(selectionSet, type);
    if (!nodes) return undefined;
    const fields: TextualField[] = [];
    for (const [name, node] of nodes) {
      const field = node.name.value === "__typename" ? TypeNameMetaFieldDef : type.getFields()[node.name.value];
      if (!field || (name === "__typename") !== (field === TypeNameMetaFieldDef)) return undefined;
      fields.push({
        name,
        type: field.type,
        fieldsOf: node.selectionSet ? selectedFields(node.selectionSet) : NO_FIELDS,
      });
    }
    return fields;
  };
}

const NO_FIELDS: FieldsOf = () => undefined;
