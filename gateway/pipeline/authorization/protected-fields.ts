import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import type { Requirement } from "../../../subgraphs/_shared/rights/requirement.ts";
import type { RequirementTable } from "./requirements-by-field.ts";

/** A field that an operation asks for and that is protected for some of the object types it may be asked of. */
export type ProtectedField = {
  node: FieldNode;
  /** The object types that the field's object may be of. */
  possible: readonly string[];
  /** Those of them whose field is protected. */
  requirements: ReadonlyMap<string, Requirement>;
};

/** Fragments are looked into once: what is protected does not depend on where one is spread. */
export function protectedFields(
  table: RequirementTable,
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): ProtectedField[] {
  const fragments = fragmentsOf(document);
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

export function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [])),
  );
}

function possibleTypes(schema: GraphQLSchema, type: GraphQLNamedType | undefined): readonly string[] {
  if (isObjectType(type)) return [type.name];
  return isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [];
}
