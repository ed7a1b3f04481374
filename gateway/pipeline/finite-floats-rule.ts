import {
  type FloatValueNode,
  GraphQLError,
  GraphQLFloat,
  getNamedType,
  type IntValueNode,
  type ValidationRule,
} from "graphql";

/** Validation rule that refuses literals of Float that graphql-js reads as infinite: JSON has no such number. */
export const finiteFloats: ValidationRule = (context) => {
  function check(node: IntValueNode | FloatValueNode): void {
    if (Number.isFinite(Number(node.value)) || getNamedType(context.getInputType()) !== GraphQLFloat) return;
    context.reportError(new GraphQLError("A Float must be within the range of double precision", { nodes: [node] }));
  }
  return { IntValue: check, FloatValue: check };
};
