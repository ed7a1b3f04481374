import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";

/** The schema coordinates that an operation selects (`Citizen.fullName`), sorted, without introspection. */
export function selectedFields(schema: GraphQLSchema, document: DocumentNode): string[] {
  const found = new Set<string>();
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field(node) {
        const parent = types.getParentType();
        if (!parent || node.name.value.startsWith("__")) return;
        const type = getNamedType(types.getType());
        if (isLeafType(type)) found.add(`${parent.name}.${node.name.value}`);
      },
    }),
  );
  return [...found].sort();
}
