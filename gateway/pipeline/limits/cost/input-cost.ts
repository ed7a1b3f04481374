import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  getNullableType,
  isInputObjectType,
  isListType,
  valueFromAST,
} from "graphql";
import { type Amount, plus } from "./cost-amounts.ts";
import { type CostDirectives, directiveFor } from "./cost-directives.ts";
import { holdsVariable } from "./list-sizes.ts";

/** Cost of a coerced input value. */
type InputCost = (value: unknown) => number;

const OBJECT_WEIGHT = 1;
const nothing: InputCost = () => 0;

/**
 * Cost of a field's arguments: the @cost of each given argument, and one for each input object in it unless its fields or types
 * have a @cost. Scalars and enums cost nothing by default. Built once for each schema.
 */
export function inputCosts({ weights }: CostDirectives) {
  const scales = new Map<string, InputCost>();

  function scaleOf(type: GraphQLInputType): InputCost {
    const nullable = getNullableType(type);
    if (isListType(nullable)) {
      const inner = scaleOf(nullable.ofType);
      if (inner === nothing) return nothing;
      return (value) => (Array.isArray(value) ? value.reduce((total, each) => total + inner(each), 0) : inner(value));
    }
    const known = scales.get(nullable.name);
    if (known) return known;
    const own = weights.get(nullable.name);
    if (!isInputObjectType(nullable)) {
      const scale: InputCost = own ? (value) => (value === null || value === undefined ? 0 : own) : nothing;
      scales.set(nullable.name, scale);
      return scale;
    }
    // input types may be recursive, so their fields are resolved with the first value
    let fields: { name: string; weight: number | undefined; scale: InputCost }[] | undefined;
    const scale: InputCost = (value) => {
      if (typeof value !== "object" || value === null) return 0;
      fields ??= Object.values(nullable.getFields()).map((field) => ({
        name: field.name,
        weight: weights.get(`${nullable.name}.${field.name}`),
        scale: scaleOf(field.type),
      }));
      let total = OBJECT_WEIGHT;
      for (const field of fields) {
        const held = (value as Record<string, unknown>)[field.name]; // coercion makes a record of an input object
        if (held !== undefined) total += (field.weight ?? 0) + field.scale(held);
      }
      return total;
    };
    scales.set(nullable.name, scale);
    return scale;
  }

  function argumentAmount(
    parent: GraphQLObjectType,
    field: string,
    argument: GraphQLArgument,
    node: FieldNode,
  ): Amount {
    const weight = directiveFor(weights, parent, `${field}(${argument.name})`) ?? 0;
    const scale = scaleOf(argument.type);
    if (weight === 0 && scale === nothing) return 0;
    const weighed = (value: unknown) => (value === undefined ? 0 : weight + scale(value));
    const given = node.arguments?.find((each) => each.name.value === argument.name)?.value;
    if (!given) return weighed(argument.defaultValue);
    if (!holdsVariable(given)) return weighed(valueFromAST(given, argument.type));
    return ({ variables }) => weighed(valueFromAST(given, argument.type, variables) ?? argument.defaultValue);
  }

  return (parent: GraphQLObjectType, field: GraphQLField<unknown, unknown>, node: FieldNode): Amount =>
    plus(field.args.map((argument) => argumentAmount(parent, field.name, argument, node)));
}
