import { type GraphQLEnumType, type GraphQLScalarType, isEnumType } from "graphql";
import { hash } from "./random-stream.ts";

const STRINGS = [
  "",
  'a "quoted" word',
  "back\\slash and / slash",
  "two\nlines\tand a tab",
  "\u2028 and \u2029 part lines",
  "control \u0000\u001f characters",
  "a lone \ud83d surrogate",
  "giấy khai sinh 🍼",
  "__proto__",
  "constructor",
  "long ".repeat(80),
];
const FLOATS = [0, 1.5, -0.1, 1e21, 5e-324, 3, 1 / 3, 1.7976931348623157e308, -42];
const INTS = [0, 1, -1, 2147483647, -2147483648, 42];
const ANYTHING = [
  "text",
  7,
  -0.5,
  true,
  { b: 1, a: [null, { deep: "✓" }], 10: "ten", 9: "nine" },
  [],
  [1, [2, [3]]],
  {},
  "2025-07-01",
  { __typename: "Trap", id: "trap" },
];

/** Value of a leaf type, determined by its seed. A custom scalar may have any JSON value but null. */
export function leafOf(
  type: GraphQLScalarType | GraphQLEnumType,
  seed: string,
  enumValues: readonly string[],
): unknown {
  const bits = hash(`${seed}|leaf`);
  const rare = bits % 8 === 0;
  if (isEnumType(type)) return enumValues[bits % enumValues.length];
  switch (type.name) {
    case "Int":
      return rare ? INTS[(bits >>> 3) % INTS.length] : (bits >>> 3) % 1000;
    case "Float":
      return rare ? FLOATS[(bits >>> 3) % FLOATS.length] : ((bits >>> 3) % 10_000) / 100;
    case "Boolean":
      return bits % 2 === 0;
    case "ID":
      return `id-${(bits >>> 3).toString(36)}`;
    case "String":
      return rare ? STRINGS[(bits >>> 3) % STRINGS.length] : `s-${(bits >>> 3).toString(36)}`;
    default:
      return ANYTHING[(bits >>> 3) % ANYTHING.length];
  }
}
