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

/** Response name under which the gateway learns the type of an object; names with two underscores are not clients'. */
export const TYPENAME_ALIAS = "__motcua_typename";

const typenameField: FieldNode = {
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: TYPENAME_ALIAS },
  name: { kind: Kind.NAME, value: "__typename" },
};

/** Asks for the type wherever an object may be of several, so that a hole is never blamed on another type's field. */
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

/** Gives every object of a response its type under `__typename`, where the executor looks for it, in place. */
export function restoreTypenames(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  const object = value as Record<string, unknown>; // a JSON object, or a list, which has no such key
  if (object[TYPENAME_ALIAS] !== undefined) object.__typename ??= object[TYPENAME_ALIAS];
  Object.values(object).forEach(restoreTypenames);
}
