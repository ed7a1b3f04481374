import { GraphQLError, parse } from "graphql";
import { expect, test } from "vitest";
import { operationToPlan } from "../../gateway/pipeline/planning/operation-to-plan.ts";
import { openRefusedShapes } from "../../gateway/pipeline/planning/refused-shapes.ts";

const shapeOf = (text: string) => operationToPlan(parse(text)).shape();

test("a refused shape is planned again after a minute, and the oldest of too many is forgotten", () => {
  let now = 0;
  const shapes = openRefusedShapes(() => now);
  const refusal = new GraphQLError("too dear", { extensions: { code: "BAD_USER_INPUT" } });
  const refused = (shape: string) => shapes.refusalOf(() => shape)?.message;
  shapes.add("first", refusal);
  now = 59_000;
  expect(refused("first")).toBe("too dear (tried shortly before; it is planned again in 1 s at the earliest)");
  now = 60_000;
  expect(refused("first")).toBeUndefined();
  for (let n = 0; n <= 1_000; n++) shapes.add(`shape ${n}`, refusal);
  expect(refused("shape 0")).toBeUndefined();
  expect(refused("shape 1")).toContain("too dear");
});

test("operations that differ in aliases, arguments, directives and order have one shape", () => {
  expect(shapeOf("{ a(x: 1) { b c } }")).toBe(shapeOf("query Q($y: Int) { z: a(x: $y) { c @d b } }"));
});

test.each([
  ["fields", "{ a { b c } }", "{ a { b } }"],
  ["how often a field is selected", "{ a(x: 1) { b } y: a(x: 2) { b } }", "{ a { b } }"],
  ["types", "{ a { ... on B { b } } }", "{ a { ... on C { b } } }"],
  ["nesting", "{ a { b { c } } }", "{ a { b } c }"],
])("operations that differ in %s have different shapes", (_, one, other) => {
  expect(shapeOf(one)).not.toBe(shapeOf(other));
});
