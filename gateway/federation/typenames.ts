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

export type TypedDocument = { document: DocumentNode; added: boolean };

/** Asks for the type wherever an object may be of several, so that a hole is never blamed on another type's field. */
export function withTypenames(schema: GraphQLSchema, document: DocumentNode): TypedDocument {
  let added = false;
  const types = new TypeInfo(schema);
  const typed = visit(
    document,
    visitWithTypeInfo(types, {
      SelectionSet: {
        enter(node) {
          if (!isAbstractType(types.getParentType()) || node.selections.some(isTypename)) return undefined;
          added = true;
          return { ...node, selections: [...node.selections, typenameField] };
        },
      },
    }),
  );
  return { document: typed, added };
}

function isTypename(selection: { kind: string; name?: { value: string }; alias?: unknown }): boolean {
  return selection.kind === Kind.FIELD && selection.name?.value === "__typename" && !selection.alias;
}

/** Takes the added type names out of a response again, in place. */
export function removeTypenames(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  delete (value as Record<string, unknown>)[TYPENAME_ALIAS]; // a JSON object, or a list, which has no such key
  Object.values(value).forEach(removeTypenames);
}
