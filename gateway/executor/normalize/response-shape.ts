import {
  type FieldNode,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type SelectionSetNode,
} from "graphql";
import type { Denials } from "../denials.ts";
import type { ClientOperation } from "./client-operation.ts";
import type { DataNameOf } from "./field-aliases.ts";
import type { IsIncluded } from "./skip-include.ts";

/** Shape of the response that a client operation asks for. */
export type ResponseShape = ClientOperation & {
  /** API schema. */
  schema: GraphQLSchema;
  denials: Denials;
  isIncluded: IsIncluded;
  dataName: DataNameOf;
};

/** Object type, or an interface where the object type is unknown. */
export type ParentType = GraphQLObjectType | GraphQLInterfaceType;

/** Name in the merged data of the field nodes that share a response name. */
export function mergedName({ dataName }: ResponseShape, [node]: readonly FieldNode[]): string {
  return node ? dataName(node) : "";
}

/** Fields selected on a type, by response name in response order (GraphQL specification, "CollectFields"). */
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
    if (!shape.isIncluded(selection)) continue;
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

/** True if the response depends on the object type of an object whose interface alone is known. */
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
    if (!shape.isIncluded(selection)) return false;
    if (selection.kind === Kind.FIELD) return selection.name.value === "__typename";
    if (selection.kind === Kind.FRAGMENT_SPREAD && visited.has(selection.name.value)) return false;
    if (selection.kind === Kind.FRAGMENT_SPREAD) visited.add(selection.name.value);
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : shape.fragments.get(selection.name.value);
    if (!fragment) return false;
    const isCertain = applies(shape.schema, fragment.typeCondition?.name.value, type);
    return !isCertain || selectionsNeedRuntimeType(shape, type, fragment.selectionSet, visited);
  });
}

function applies(schema: GraphQLSchema, condition: string | undefined, type: ParentType): boolean {
  if (condition === undefined || condition === type.name) return true;
  const conditionType = schema.getType(condition);
  return isAbstractType(conditionType) && schema.isSubType(conditionType, type);
}
