import { buildSchema, getVariableValues, Kind, parse } from "graphql";
import { describe, expect, test } from "vitest";
import { variableCoercion } from "../../gateway/pipeline/coerce-variables.ts";

const schema = buildSchema(`scalar Any enum Colour { RED GREEN }
  input Point { x: Int! y: Int = 2 colour: Colour next: Point }
  type Query { f(a: Any, b: Boolean, c: Colour, d: ID, f: Float, i: Int, p: Point, s: String, l: [Int!]): Int }`);

const types = [
  "Any",
  "Boolean",
  "Colour",
  "ID!",
  "Float",
  "Int",
  "Int = 7",
  "Point",
  "Point!",
  "String",
  "String!",
  "[Int!]",
  "[[Point]]",
];
const values: unknown[] = [
  null,
  undefined,
  0,
  -0,
  1.5,
  2 ** 31,
  "",
  "x",
  "RED",
  true,
  [],
  [1, null],
  [[{ x: 1 }]],
  { x: 1 },
  { x: "1" },
];
values.push(
  { x: 1, next: { x: 2, colour: "GREEN" } },
  { x: 1, z: 1 },
  Number.NaN,
  JSON.parse('{"__proto__": 1, "x": 1}'),
  "absent",
);

describe.each(types)("a variable of the type %s", (type) => {
  test.each(values.map((value) => [value]))("a variable (%j) is coerced as graphql-js coerces it", (value) => {
    const [operation] = parse(`query ($v: ${type}, $other: Int = 3) { f }`).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error("one operation");
    const definitions = operation.variableDefinitions ?? [];
    const given = value === "absent" ? {} : { v: value };
    const { coerced, errors } = getVariableValues(schema, definitions, given, { maxErrors: 50 });
    const ours = variableCoercion(schema, definitions)(given);
    expect(ours.variables).toEqual(coerced);
    expect(ours.errors?.length).toBe(errors?.length);
    expect(ours.errors?.map((each) => each.locations)).toEqual(errors?.map((each) => each.locations));
  });
});

test.each(["__proto__", "constructor", "toString"])("a variable may be called %s", (name) => {
  const [operation] = parse(`query ($${name}: Int) { f }`).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error("one operation");
  const { variables } = variableCoercion(schema, operation.variableDefinitions ?? [])({});
  expect(Object.keys(variables ?? {})).toEqual([]);
});

describe("an error of a variable names the place and the expected type, and no value", () => {
  const SECRET = "Nguyễn Thị Bí Mật 012345678901";
  const error = (type: string, value: unknown) => {
    const [operation] = parse(`query ($v: ${type}) { f }`).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error("one operation");
    return variableCoercion(schema, operation.variableDefinitions ?? [])({ v: value }).errors?.[0]?.message;
  };

  test.each<[string, unknown, string]>([
    ["Int", SECRET, 'Variable "$v" is invalid: expected type "Int", found a string.'],
    ["Colour", SECRET, 'Variable "$v" is invalid: expected type "Colour", one of RED, GREEN, found a string.'],
    ["[Int!]", [1, SECRET], 'Variable "$v" is invalid at "v[1]": expected type "Int!", found a string.'],
    ["Point", SECRET, 'Variable "$v" is invalid: expected type "Point", found a string.'],
    [
      "Point",
      { x: 1, next: { x: SECRET } },
      'Variable "$v" is invalid at "v.next.x": expected type "Int!", found a string.',
    ],
    ["Point", { x: 1, [SECRET]: 1 }, 'Variable "$v" is invalid: it has a field that type "Point" does not define.'],
    ["Point", { y: SECRET }, 'Field "x" of required type "Int!" was not provided.'],
    ["Point", { x: null, y: 3 }, 'Variable "$v" is invalid at "v.x": expected type "Int!", found null.'],
    ["Int", 2 ** 31, 'Variable "$v" is invalid: expected type "Int", found an integer.'],
  ])("an invalid value of type %s is explained without the value", (type, value, message) => {
    expect(error(type, value)).toContain(message);
    expect(error(type, value)).not.toMatch(/Nguyễn|0123/);
  });
});
