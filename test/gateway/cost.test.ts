import { readFileSync } from "node:fs";
import { composeServices } from "@apollo/composition";
import { Supergraph } from "@apollo/federation-internals";
import { type OperationDefinitionNode, parse, validate } from "graphql";
import { getVariableValues } from "graphql/execution/values.js";
import { describe, expect, test } from "vitest";
import { clientOperationOf } from "../../gateway/executor/normalize/client-operation.ts";
import { openCosts } from "../../gateway/pipeline/limits/cost/operation-cost.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { aBirthRequest } from "../given.ts";

const BASE = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@cost", "@listSize"])`;

const TYPES = `
  type Query {
    one: Thing
    many: [Thing!]!
    grid: [[Thing]]
    names: [String]
    dear: Thing @cost(weight: 7)
    assumed: [Thing] @listSize(assumedSize: 50)
    page(first: Int = 20, last: Int): [Thing] @listSize(slicingArguments: ["first", "last"], requireOneSlicingArgument: false)
    exact(first: Int, last: Int): [Thing] @listSize(slicingArguments: ["first", "last"])
    connection(first: Int!): Connection @listSize(slicingArguments: ["first"], sizedFields: ["nodes"])
    search(text: String @cost(weight: 4), filter: Filter, by: [Order]): Thing
    media: Media
    either: Either
    heavy: Heavy
    dearNumber: Dear
    level: Level
  }
  type Mutation { change(to: Filter): Thing  cheap: Thing @cost(weight: 2) }
  type Connection { nodes: [Thing] more: Boolean }
  type Thing { name: String inner: Thing things: [Thing] }
  input Filter { text: String  near: Near @cost(weight: 3)  and: [Filter] }
  input Near { x: Int }
  enum Order @cost(weight: 5) { UP DOWN }
  enum Level @cost(weight: 6) { HIGH }
  scalar Dear @cost(weight: 8)
  type Heavy @cost(weight: 9) { name: String }
  interface Media { name: String  parts(first: Int): [Thing] @listSize(slicingArguments: ["first"]) }
  type Book implements Media { name: String  parts(first: Int): [Thing]  heavy: Heavy }
  type Film implements Media @cost(weight: 3) { name: String  parts(first: Int): [Thing]  thing: Thing }
  union Either = Thing | Heavy`;

function composed(...sdls: string[]): string {
  const { supergraphSdl, errors } = composeServices(
    sdls.map((sdl, n) => ({ name: `s${n}`, url: `http://s${n}`, typeDefs: parse(sdl) })),
  );
  if (!supergraphSdl) throw new Error(errors?.join("\n"));
  return supergraphSdl;
}

function costIn(supergraph: string, query: string, variables: Record<string, unknown> = {}): number {
  const schema = Supergraph.build(supergraph, { supportedFeatures: null }).apiSchema().toGraphQLJSSchema();
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const operation = document.definitions.find((each): each is OperationDefinitionNode => "operation" in each);
  if (!operation) throw new Error("No operation");
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (!coerced) throw errors?.[0];
  return openCosts(parse(supergraph), schema, 10).of(clientOperationOf(document, operation))(coerced);
}

const supergraph = composed(BASE + TYPES);
const cost = (query: string, variables?: Record<string, unknown>) => costIn(supergraph, query, variables);

describe("an operation costs", () => {
  test.each([
    ["one for each object", "{ one { name inner { name } } }", 2],
    ["nothing for its leaves", "{ names __typename }", 0],
    ["ten items for a list of unknown length", "{ many { inner { name } } }", 20],
    ["lists in lists multiplied", "{ many { things { name } } grid { name } }", 10 + 100 + 100],
    ["the assumed size of a list", "{ assumed { name } }", 50],
    ["the weight of a field in place of its type's", "{ dear { name } }", 7],
    ["the weights of object, scalar and enum types", "{ heavy { name } dearNumber level }", 9 + 8 + 6],
    [
      "ten for a mutation, if it does not say otherwise",
      "mutation { change { inner { name } } cheap { name } }",
      10 + 1 + 2,
    ],
    [
      "a field once that is selected twice",
      "{ one { name } one { name inner { name } } ...F } fragment F on Query { one { name } }",
      2,
    ],
    [
      "the dearest type of an interface",
      "{ media { name ... on Book { heavy { name } } ... on Film { thing { name } } } }",
      10,
    ],
    ["the dearest type of a union", "{ either { ... on Thing { inner { name } } ... on Heavy { name } } }", 9],
    ["what an interface says of its fields", "{ media { parts(first: 4) { name } } }", 3 + 4],
    ["ten for the schema itself", "{ __schema { types { name } } }", 10],
  ])("the cost of an operation is counted correctly: %s", (_, query, expected) => {
    expect(cost(query)).toBe(expected);
  });
});

describe("the length of a list is read from", () => {
  const byVariable = "query ($n: Int, $m: Int = 6) { page(first: $n, last: $m) { name } }";
  test.each<[string, string, Record<string, unknown>, number]>([
    ["a literal", "{ page(first: 30) { name } }", {}, 30],
    ["the schema's default", "{ page { name } }", {}, 20],
    ["a variable", byVariable, { n: 1_000_000 }, 1_000_000],
    ["a variable's default, beside the schema's", byVariable, {}, 20],
    ["the larger of two arguments", byVariable, { n: 3, m: 40 }, 40],
    ["the schema's default where the variable is left out", "query ($n: Int) { page(first: $n) { name } }", {}, 20],
    [
      "the operation's default where the variable is left out",
      "query ($n: Int = 33) { page(first: $n) { name } }",
      {},
      33,
    ],
    ["nothing where it is null, so that the default size counts", "{ page(first: null) { name } }", {}, 10],
    ["nothing where it is negative", "query ($n: Int) { page(first: $n) { name } }", { n: -5 }, 10],
    ["the field that is sized", "query ($n: Int!) { connection(first: $n) { more nodes { name } } }", { n: 500 }, 501],
    [
      "each list in the lists",
      "query ($n: Int!) { connection(first: $n) { nodes { things { name } } } }",
      { n: 5 },
      56,
    ],
  ])("the cost of a list follows its length: %s", (_, query, variables, expected) => {
    expect(cost(query, variables)).toBe(expected);
  });

  test("the length of a list is read from a path into an input object, with the defaults on the way", () => {
    const sdl = supergraph
      .replace(
        'page(first: Int = 20, last: Int): [Thing] @listSize(slicingArguments: ["first", "last"], requireOneSlicingArgument: false)',
        'page(by: Paging): [Thing] @listSize(slicingArguments: ["by.window.size"], assumedSize: 5)',
      )
      .concat(
        "input Paging @join__type(graph: S0) { window: Window = {} }\ninput Window @join__type(graph: S0) { size: Int = 15 }",
      );
    // two input objects weigh 2
    const byVariable = "query ($p: Paging) { page(by: $p) { name } }";
    expect(costIn(sdl, "{ page(by: { window: { size: 70 } }) { name } }")).toBe(2 + 70);
    expect(costIn(sdl, "{ page(by: {}) { name } }")).toBe(2 + 15);
    expect(costIn(sdl, "query ($s: Int) { page(by: { window: { size: $s } }) { name } }", { s: 80 })).toBe(2 + 80);
    expect(costIn(sdl, "query ($w: Window) { page(by: { window: $w }) { name } }", { w: { size: 90 } })).toBe(2 + 90);
    expect(costIn(sdl, byVariable, { p: { window: { size: 60 } } })).toBe(2 + 60);
    expect(costIn(sdl, byVariable, { p: {} })).toBe(2 + 15);
  });

  test.each([
    ["none of them", "{ exact { name } }", {}],
    ["two of them", "{ exact(first: 1, last: 2) { name } }", {}],
    ["two of them by variables", "query ($a: Int, $b: Int) { exact(first: $a, last: $b) { name } }", { a: 1, b: 1 }],
  ])(
    "the length of a list is read from exactly one argument if the schema requires it: %s is refused",
    (_, query, variables) => {
      expect(() => cost(query, variables)).toThrow("The field exact needs exactly one of first, last");
    },
  );
});

describe("arguments cost", () => {
  test.each<[string, string, Record<string, unknown>, number]>([
    ["their own weight", '{ search(text: "x") { name } }', {}, 1 + 4],
    ["nothing when they are left out", "query ($t: String) { search(text: $t) { name } }", {}, 1],
    [
      "one for each input object, and what their fields weigh",
      '{ search(filter: { near: { x: 1 }, and: [{ text: "x" }] }) { name } }',
      {},
      1 + 1 + (3 + 1) + 1,
    ],
    [
      "the same by variables",
      "query ($f: Filter) { search(filter: $f) { name } }",
      { f: { near: { x: 1 }, and: [{}, {}] } },
      1 + 1 + (3 + 1) + 2,
    ],
    [
      "the weight of each enum in them",
      "query ($b: [Order]) { search(by: $b) { name } }",
      { b: ["UP", "DOWN"] },
      1 + 10,
    ],
    [
      "as often as their field is answered",
      "{ many { name } m: many { inner { name } } page(first: 2) { name } }",
      {},
      10 + 20 + 2,
    ],
  ])("the cost of an input object is counted correctly: %s", (_, query, variables, expected) => {
    expect(cost(query, variables)).toBe(expected);
  });
});

describe("a supergraph", () => {
  const renamed = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
    import: ["@shareable", { name: "@cost", as: "@price" }])
    type Query { a: [Int] @price(weight: 4) @federation__listSize(assumedSize: 3) }`;
  test("cost directives are recognised under the names of an import", () => {
    expect(costIn(composed(renamed), "{ a }")).toBe(12);
  });

  test("the largest weight counts where subgraphs state different ones", () => {
    const weighing = (weight: number) => `${BASE} type Query { a: Int @shareable @cost(weight: ${weight}) }`;
    expect(costIn(composed(weighing(3), weighing(5)), "{ a }")).toBe(5);
  });

  test("a supergraph without cost directives has the default costs", () => {
    expect(costIn(composed("type Query { a: [T] } type T { b: Int }"), "{ a { b } }")).toBe(10);
  });
});

describe("the contract's documents", () => {
  const ours = readFileSync(projectPath("schema", "supergraph.graphql"), "utf8");
  const text = (name: string) => readFileSync(projectPath("test", "contract", `${name}.graphql`), "utf8");
  const input = { input: aBirthRequest(), idempotencyKey: "key" };
  test.each<[string, object, number]>([
    ["dossier", { code: "x" }, 194],
    ["dossiers", { first: 200 }, 602],
    ["citizen", { personalId: "093195000017" }, 180],
    ["procedures", { first: 200 }, 4_601],
    ["track-dossier", { code: "x", phoneLast4: "1234" }, 40],
    ["check-birth-bundle", input, 100],
    ["submit-birth-bundle", input, 103],
  ])("the contract's operation costs a small part of the limit: %s", (name, variables, expected) => {
    expect(costIn(ours, text(name), variables as Record<string, unknown>)).toBe(expected);
  });
});

describe("the cost of an operation is found in time with its text", () => {
  test("the time to compute a cost is linear in the text, however abstract types combine", () => {
    const types = Array.from({ length: 40 }, (_, n) => `type T${n} implements Node { next(first: Int): [Node] }`);
    const sdl = `${BASE} type Query { node: Node }
      interface Node { next(first: Int): [Node] @listSize(slicingArguments: ["first"]) } ${types.join(" ")}`;
    const nest = "{ next(first: $n) ".repeat(19);
    const query = `query ($n: Int) { node ${nest} { __typename } ${"}".repeat(19)} }`;
    expect(costIn(composed(sdl), query, { n: 1 })).toBe(20);
  });

  test("the cost of an operation is bounded", () => {
    expect(
      cost("query ($n: Int) { page(first: $n) { things { things { name } } } }", { n: 2 ** 31 - 1 }),
    ).toBeGreaterThan(1e11);
  });
});
