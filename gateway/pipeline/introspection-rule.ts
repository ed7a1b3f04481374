import { GraphQLError, type ValidationRule } from "graphql";

/** Validation rule that refuses introspection. */
export const noIntrospection: ValidationRule = (context) => ({
  Field(node) {
    if (node.name.value !== "__schema" && node.name.value !== "__type") return;
    const message = "Introspection is off here; the schema is published by the operator";
    context.reportError(new GraphQLError(message, { nodes: [node] }));
  },
});
