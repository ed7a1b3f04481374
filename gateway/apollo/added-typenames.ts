import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";

/** Response name of the added `__typename`; clients may not use names with two underscores. */
export const TYPENAME_ALIAS = "__motcua_typename";

const typenameField: FieldNode = {
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: TYPENAME_ALIAS },
  name: { kind: Kind.NAME, value: "__typename" },
};

/** Selects `__typename` on every abstract type, so that missing data is never attributed to a field of another type. */
export function withTypenames(schema: GraphQLSchema, document: DocumentNode): DocumentNode {
  const types = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(types, {
      SelectionSet: {
        enter(node) {
          if (!isAbstractType(types.getParentType()) || node.selections.some(isTypename)) return undefined;
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
