import { buildSchema, parse, validate } from "graphql";
import { describe, expect, test } from "vitest";
import { anonymous, having, rightsIn, supergraphOf } from "./kit/authorization-decisions.ts";

const sdl = `
  type Query { person(id: ID): Person people(first: Int, only: String): [Person] secret(of: ID): Int @requiresScopes(scopes: [["a"]]) }
  type Mutation { fire(id: ID): Person @requiresScopes(scopes: [["fire"]]) hire(id: ID): Person }
  interface Named { name: String nick: String }
  type Cat implements Named { name: String nick: String @requiresScopes(scopes: [["cat"]]) lives: Int }
  type Dog implements Named { name: String nick: String }
  type Fox implements Named { name: String nick: String @authenticated }
  type Person { id: ID name: String pay(in: String): Int @requiresScopes(scopes: [["a"]]) tax(year: Int): Int @authenticated
    pet: Named friend: Person @requiresScopes(scopes: [["b"]]) }`;
const rights = rightsIn(supergraphOf({ s: sdl }));
const schema = buildSchema(sdl.replaceAll(/@\w+(\(scopes: \S+\))?/g, ""));

const cases: [string, string, string][] = [
  ["leaves a field out", "{ person { id pay } }", "{ person { id } }"],
  ["asks the type name where nothing else is left", "{ person { p: pay } }", "{ person { __typename } }"],
  ["asks nothing but the type name where all is denied", "query Q { a: secret b: secret }", "query Q { __typename }"],
  ["never sends a denied mutation", "mutation { fire(id: 1) { id } }", "mutation { __typename }"],
  [
    "keeps the mutations that are allowed, in their order",
    "mutation { a: hire(id: 1) { id } fire(id: 2) { id } b: hire(id: 3) { pay } }",
    "mutation { a: hire(id: 1) { id } b: hire(id: 3) { __typename } }",
  ],
  [
    "drops variables that only denied fields used, also in directives",
    "query Q($id: ID, $x: Boolean!, $in: String, $y: Boolean!) { person(id: $id) { id pay(in: $in) @skip(if: $x) ... @include(if: $y) { tax } } }",
    "query Q($id: ID) { person(id: $id) { id } }",
  ],
  [
    "drops fragments of which nothing is left, or that nothing spreads any more, however nested",
    "{ person { id ...Gone friend { ...Inner } } } fragment Gone on Person { pay ...Deep } fragment Deep on Person { tax } fragment Inner on Person { id }",
    "{ person { id } }",
  ],
  [
    "narrows a fragment that is spread twice, once",
    "{ a: person { ...F } b: person { ...F } } fragment F on Person { name pay pet { ...N } } fragment N on Named { name }",
    "{ a: person { ...F } b: person { ...F } } fragment F on Person { name pet { ...N } } fragment N on Named { name }",
  ],
  [
    "asks a field of an interface of the types that allow it",
    "{ person { pet { n: nick @skip(if: false) ... on Cat { lives nick } } } }",
    "{ person { pet { ... on Dog { n: nick @skip(if: false) } ... on Cat { lives } } } }",
  ],
  [
    "leaves other operations out",
    "query Q { person { id pay } } query Other($v: Int) { people(first: $v) { id } }",
    "query Q { person { id } }",
  ],
];

describe("the document that is planned for the public", () => {
  test.each(cases)("the operation planned for the public is reduced correctly: %s", (_, query, expected) => {
    expect(validate(schema, parse(query))).toEqual([]);
    expect(rights.narrowed(anonymous, query)).toBe(expected);
    expect(validate(schema, parse(expected))).toEqual([]);
  });
});

describe("a decision", () => {
  const query = "{ person { pay tax friend { id } pet { nick } } }";
  const { key: all } = rights.decide(anonymous, query);

  test("callers with the same denials share one authorization decision", () => {
    const one = rights.decide(having("a"), query);
    expect(rights.decide({ ...having("a", "else"), subject: "other", role: "police" }, query)).toBe(one);
    expect(rights.decide(anonymous, query)).toBe(rights.decide({ ...anonymous, requestId: "r2" }, query));
  });

  test("an authorization decision has another key wherever a denial differs, and no key where nothing is denied", () => {
    const scopes = [[], ["a"], ["b"], ["cat"], ["a", "b"], ["a", "cat"], ["b", "cat"], ["a", "b", "cat"]];
    const keys = scopes.map((each) => rights.decide(having(...each), query).key);
    expect(new Set([...keys, all]).size).toBe(9);
    expect(keys.at(-1)).toBe("");
    expect(rights.decide(having("a", "b", "cat"), query).authorizedDocument()).toEqual(
      parse(query, { noLocation: true }),
    );
  });
});
