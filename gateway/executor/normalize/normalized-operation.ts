import {
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from "graphql";
import type { SchemaTypes } from "../schema-types.ts";
import type { ClientOperation, ResponseShape } from "./client-operation.ts";

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };

/**
 * What is planned for an operation: without aliases, fragments' names, @skip and @include, which are decided, and introspection,
 * which no subgraph knows. Undefined when nothing is left that a subgraph could be asked.
 * @param narrowed the operation without what is denied.
 */
export function normalizedOperation(
  shape: ResponseShape,
  narrowed: ClientOperation,
  types: SchemaTypes,
): DocumentNode | undefined {
  const { schema, includes, dataName } = shape;
  const { operation, fragments } = narrowed;
  const root = schema.getRootType(operation.operation);
  if (!root) return undefined;
  const selectionSet = planned(operation.selectionSet, root);
  if (selectionSet.selections.every((each) => each === TYPENAME)) return undefined;
  const used = variablesIn(selectionSet);
  const variableDefinitions = operation.variableDefinitions?.filter((each) => used.has(each.variable.name.value)) ?? [];
  const definition: OperationDefinitionNode = { ...operation, directives: [], variableDefinitions, selectionSet };
  return { kind: Kind.DOCUMENT, definitions: [definition] };

  function planned(set: SelectionSetNode, parent: GraphQLCompositeType): SelectionSetNode {
    const selections = set.selections.flatMap((each) => plannedSelection(each, parent));
    // Whether there is an object, and which fragments it is in, must be known even of one of which nothing is wanted.
    const isToBeTold = selections.length === 0 || selections.some((each) => each.kind === Kind.INLINE_FRAGMENT);
    return { kind: Kind.SELECTION_SET, selections: isToBeTold ? [TYPENAME, ...selections] : selections };
  }

  function plannedSelection(selection: SelectionNode, parent: GraphQLCompositeType): SelectionNode[] {
    if (!includes(selection)) return [];
    if (selection.kind === Kind.FIELD) return plannedField(selection, parent);
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    if (!fragment) return [];
    const condition = fragment.typeCondition?.name.value;
    const type = condition === undefined ? parent : schema.getType(condition);
    if (!isCompositeType(type)) return [];
    const isSure = type === parent || (isAbstractType(type) && isObjectType(parent) && schema.isSubType(type, parent));
    if (!isSure && isObjectType(parent)) return []; // no object of it is of the other type
    const inner = fragment.selectionSet.selections.flatMap((each) => plannedSelection(each, isSure ? parent : type));
    if (isSure) return inner;
    const wide = inner.filter((each) => isHoisted(each, parent));
    const narrow = inner.filter((each) => !wide.includes(each));
    // Which objects are of the narrower type is still to be told.
    if (narrow.length === 0) return [TYPENAME, ...wide];
    return [
      ...wide,
      {
        kind: Kind.INLINE_FRAGMENT,
        typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } },
        selectionSet: { kind: Kind.SELECTION_SET, selections: narrow },
      },
    ];
  }

  /**
   * The planner goes round in circles for minutes where it is asked, of a narrower type, a field that needs others of an
   * @interfaceObject; so that is asked of all objects there, unless some of them are denied it.
   */
  function isHoisted(selection: SelectionNode, parent: GraphQLCompositeType): boolean {
    if (selection.kind !== Kind.FIELD || shape.denials.size > 0) return false;
    return types.hasRequirement(parent.name, selection.name.value);
  }

  function plannedField(node: FieldNode, parent: GraphQLCompositeType): SelectionNode[] {
    const name = node.name.value;
    // Of an object type it is known already, and subgraphs may call root types otherwise.
    if (name === "__typename") return isObjectType(parent) ? [] : [TYPENAME];
    const field = isUnionType(parent) ? undefined : parent.getFields()[name];
    if (!field) return [];
    const planName = dataName(node);
    const type = getNamedType(field.type);
    const inner = node.selectionSet && isCompositeType(type) ? planned(node.selectionSet, type) : undefined;
    return [
      {
        kind: Kind.FIELD,
        name: node.name,
        ...(planName !== name && { alias: { kind: Kind.NAME, value: planName } }),
        ...(node.arguments && { arguments: node.arguments }),
        ...(inner && { selectionSet: inner }),
      },
    ];
  }
}

function variablesIn(set: SelectionSetNode): Set<string> {
  const used = new Set<string>();
  const enter = (node: ASTNode) => void (node.kind === Kind.VARIABLE && used.add(node.name.value));
  visit(set, { enter });
  return used;
}
