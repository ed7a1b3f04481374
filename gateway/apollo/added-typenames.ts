import {
  type DocumentNode,
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  Kind,
  type SelectionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import type { Denials } from "../executor/denials.ts";

/** Response name of the added `__typename`; clients may not use names with two underscores. */
export const TYPENAME_ALIAS = "__motcua_typename";

const typenameField: FieldNode = {
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: TYPENAME_ALIAS },
  name: { kind: Kind.NAME, value: "__typename" },
};

/**
 * Selects `__typename` on abstract types where the response depends on the object type, so that missing data is never attributed to
 * a field of another type. Elsewhere it might be all that another subgraph is needed for.
 */
export function withTypenames(schema: GraphQLSchema, document: DocumentNode, denials: Denials): DocumentNode {
  const types = new TypeInfo(schema);
  const conditions = new Map(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each.typeCondition.name.value]] : [],
    ),
  );

  function isConditional(selection: SelectionNode, parent: GraphQLAbstractType): boolean {
    if (selection.kind === Kind.FIELD) return false;
    const name =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? conditions.get(selection.name.value)
        : selection.typeCondition?.name.value;
    if (name === undefined || name === parent.name) {
      return (
        selection.kind === Kind.INLINE_FRAGMENT &&
        selection.selectionSet.selections.some((each) => isConditional(each, parent))
      );
    }
    const type = schema.getType(name);
    return !(isAbstractType(type) && isInterfaceType(parent) && schema.isSubType(type, parent));
  }

  return visit(
    document,
    visitWithTypeInfo(types, {
      SelectionSet: {
        enter(node) {
          const parent = types.getParentType();
          if (!isAbstractType(parent) || node.selections.some(isTypename)) return undefined;
          const isTypeNeeded = denials.size > 0 || node.selections.some((each) => isConditional(each, parent));
          if (!isTypeNeeded) return undefined;
          return { ...node, selections: [...node.selections, typenameField] };
        },
      },
    }),
  );
}

function isTypename(selection: { kind: string; name?: { value: string }; alias?: unknown }): boolean {
  return selection.kind === Kind.FIELD && selection.name?.value === "__typename" && !selection.alias;
}

/** Copies the added type name of every object to `__typename`, where the executor reads it, in place. */
export function restoreTypenames(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  const object = value as Record<string, unknown>; // a JSON object, or a list without such a key
  if (object[TYPENAME_ALIAS] !== undefined) object.__typename ??= object[TYPENAME_ALIAS];
  Object.values(object).forEach(restoreTypenames);
}
