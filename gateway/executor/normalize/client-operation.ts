import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import type { Denials } from "../denials.ts";
import type { DataNameOf } from "./field-aliases.ts";
import type { IsIncluded } from "./skip-include.ts";

/** A client's operation with the fragments of its document. */
export type ClientOperation = {
  operation: OperationDefinitionNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
};

/** An operation of a document; `document` may have a narrower one of the same name. */
export function clientOperation(document: DocumentNode, { name }: OperationDefinitionNode): ClientOperation {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let operation: OperationDefinitionNode | undefined;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    if (definition.kind === Kind.OPERATION_DEFINITION && definition.name?.value === name?.value) operation = definition;
  }
  if (!operation) throw new Error("The document has no such operation");
  return { operation, fragments };
}

/** What an answer looks like to the client that asked. */
export type ResponseShape = ClientOperation & {
  /** The API schema. */
  schema: GraphQLSchema;
  denials: Denials;
  includes: IsIncluded;
  dataName: DataNameOf;
};

/** An object type, or the interface itself while nobody knows of which type an object is. */
export type ParentType = GraphQLObjectType | GraphQLInterfaceType;

/** The fields asked of a type, by response name in the order of the answer (GraphQL specification, "CollectFields"). */
export function collectFields(
  shape: ResponseShape,
  type: ParentType,
  nodes: readonly FieldNode[],
): Map<string, FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const visited = new Set<string>();
  for (const { selectionSet } of nodes) if (selectionSet) collect(shape, type, selectionSet, fields, visited);
  return fields;
}

export function collectRootFields(shape: ResponseShape, type: ParentType): Map<string, FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  collect(shape, type, shape.operation.selectionSet, fields, new Set());
  return fields;
}

function collect(
  shape: ResponseShape,
  type: ParentType,
  { selections }: SelectionSetNode,
  fields: Map<string, FieldNode[]>,
  visited: Set<string>,
): void {
  for (const selection of selections) {
    if (!shape.includes(selection)) continue;
    if (selection.kind === Kind.FIELD) {
      const name = selection.alias?.value ?? selection.name.value;
      const found = fields.get(name);
      if (found) found.push(selection);
      else fields.set(name, [selection]);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      if (applies(shape.schema, selection.typeCondition?.name.value, type)) {
        collect(shape, type, selection.selectionSet, fields, visited);
      }
    } else if (!visited.has(selection.name.value)) {
      visited.add(selection.name.value);
      const fragment = shape.fragments.get(selection.name.value);
      if (fragment && applies(shape.schema, fragment.typeCondition.name.value, type)) {
        collect(shape, type, fragment.selectionSet, fields, visited);
      }
    }
  }
}

/** Whether it matters of which type exactly an object is of which only an interface is known. */
export function needRuntimeType(shape: ResponseShape, type: ParentType, nodes: readonly FieldNode[]): boolean {
  return nodes.some(
    ({ selectionSet }) => selectionSet && selectionsNeedRuntimeType(shape, type, selectionSet, new Set()),
  );
}

function selectionsNeedRuntimeType(
  shape: ResponseShape,
  type: ParentType,
  { selections }: SelectionSetNode,
  visited: Set<string>,
): boolean {
  return selections.some((selection) => {
    if (!shape.includes(selection)) return false;
    if (selection.kind === Kind.FIELD) return selection.name.value === "__typename";
    if (selection.kind === Kind.FRAGMENT_SPREAD && visited.has(selection.name.value)) return false;
    if (selection.kind === Kind.FRAGMENT_SPREAD) visited.add(selection.name.value);
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : shape.fragments.get(selection.name.value);
    if (!fragment) return false;
    const isSure = applies(shape.schema, fragment.typeCondition?.name.value, type);
    return !isSure || selectionsNeedRuntimeType(shape, type, fragment.selectionSet, visited);
  });
}

function applies(schema: GraphQLSchema, condition: string | undefined, type: ParentType): boolean {
  if (condition === undefined || condition === type.name) return true;
  const wide = schema.getType(condition);
  return isAbstractType(wide) && schema.isSubType(wide, type);
}
