import {
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from "graphql";
import type { Requirement } from "../../../subgraphs/_shared/rights/requirement.ts";
import type { ClientOperation } from "../../executor/normalize/client-operation.ts";
import type { RequirementTable } from "./requirements-by-field.ts";

/** Selected field that is protected on some of the object types on which it may be selected. */
export type ProtectedField = {
  node: FieldNode;
  /** Possible types of the field's object. */
  possible: readonly string[];
  /** Requirement of the field on those of them that protect it. */
  requirements: ReadonlyMap<string, Requirement>;
};

/** Protected fields of an operation. Fragments are visited once, since protection does not depend on where they are spread. */
export function protectedFields(
  table: RequirementTable,
  schema: GraphQLSchema,
  { operation, fragments }: ClientOperation,
): ProtectedField[] {
  const entered = new Set<string>();
  const found: ProtectedField[] = [];
  enter(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined);
  return found;

  function enter({ selections }: SelectionSetNode, parent: GraphQLNamedType | undefined): void {
    for (const selection of selections) {
      switch (selection.kind) {
        case Kind.FIELD:
          enterField(selection, parent);
          break;
        case Kind.INLINE_FRAGMENT: {
          const on = selection.typeCondition?.name.value;
          enter(selection.selectionSet, on ? schema.getType(on) : parent);
          break;
        }
        case Kind.FRAGMENT_SPREAD: {
          const fragment = fragments.get(selection.name.value);
          if (!fragment || entered.has(selection.name.value)) break;
          entered.add(selection.name.value);
          enter(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value));
        }
      }
    }
  }

  function enterField(node: FieldNode, parent: GraphQLNamedType | undefined): void {
    const name = node.name.value;
    const possible = possibleTypes(schema, parent);
    const demands = new Map<string, Requirement>();
    for (const type of possible) {
      const requirement = table.get(type)?.get(name);
      if (requirement) demands.set(type, requirement);
    }
    if (demands.size > 0) found.push({ node, possible, requirements: demands });
    const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    if (node.selectionSet) enter(node.selectionSet, definition && getNamedType(definition.type));
  }
}

function possibleTypes(schema: GraphQLSchema, type: GraphQLNamedType | undefined): readonly string[] {
  if (isObjectType(type)) return [type.name];
  return isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [];
}
