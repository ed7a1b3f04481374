import {
  type ConstValueNode,
  type GraphQLInputType,
  type GraphQLScalarType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  Kind,
  parseConstValue,
  type ValueNode,
} from "graphql";
import type { Random } from "../data/random-stream.ts";
import { nameNode } from "./nodes.ts";

const TEXTS = [
  "",
  "a",
  'quote " and \\ backslash',
  "tab\tand\nline",
  "đường 🛵",
  "\u2028",
  "2025-07-01",
  "plain words",
];
const INTS = ["0", "-1", "7", "2147483647", "-2147483648", "12"];
const FLOATS = ["0", "-1.5", "1e3", "3.0", "0.1", "12345678.9", "2E-2"];
const ANY_SCALARS = [
  '"2025-07-01"',
  "12",
  "-0.5",
  "true",
  '{ a: 1, b: [true, "x", { c: null }] }',
  "[]",
  '[1, "two"]',
  "{}",
];

/** Chooses a variable for a position inside a literal; undefined for a literal value. */
export type VariableChoice = (type: GraphQLInputType, strict: boolean) => ValueNode | undefined;

/** Literal of an input type; `inner` may put variables into lists and input objects. */
export function literal(
  type: GraphQLInputType,
  random: Random,
  inner: VariableChoice = () => undefined,
  depth = 0,
): ValueNode {
  if (isNonNullType(type)) return present(type.ofType, random, inner, depth);
  if (random.chance(depth > 3 ? 0.6 : 0.08)) return { kind: Kind.NULL };
  return present(type, random, inner, depth);
}

function present(type: GraphQLInputType, random: Random, inner: VariableChoice, depth: number): ValueNode {
  const within = (each: GraphQLInputType) => inner(each, false) ?? literal(each, random, inner, depth + 1);
  if (isListType(type)) {
    const single = random.chance(0.15) ? literal(type.ofType, random, inner, depth + 1) : undefined;
    if (single && single.kind !== Kind.NULL && single.kind !== Kind.LIST) return single;
    return { kind: Kind.LIST, values: Array.from({ length: random.below(3) }, () => within(type.ofType)) };
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(
      (each) => isRequiredInputField(each) || (depth < 3 && random.chance(0.5)),
    );
    return {
      kind: Kind.OBJECT,
      fields: fields.map((each) => ({ kind: Kind.OBJECT_FIELD, name: nameNode(each.name), value: within(each.type) })),
    };
  }
  if (isEnumType(type)) return { kind: Kind.ENUM, value: random.pick(type.getValues()).name };
  if (isNonNullType(type)) throw new Error("a non-null type does not wrap a non-null type");
  return scalar(type, random);
}

function scalar({ name }: GraphQLScalarType, random: Random): ConstValueNode {
  switch (name) {
    case "Int":
      return { kind: Kind.INT, value: random.pick(INTS) };
    case "Float":
      return parseConstValue(random.pick(FLOATS), { noLocation: true });
    case "Boolean":
      return { kind: Kind.BOOLEAN, value: random.chance(0.5) };
    case "ID":
      if (random.chance(0.3)) return { kind: Kind.INT, value: random.pick(INTS) };
      return { kind: Kind.STRING, value: random.pick(TEXTS) };
    case "String":
      return { kind: Kind.STRING, value: random.pick(TEXTS), block: random.chance(0.1) };
    default:
      return parseConstValue(random.pick(ANY_SCALARS), { noLocation: true });
  }
}
