import type { QueryPlan } from "@apollo/query-planner";
import { describe, expect, test } from "vitest";
import { openOperations } from "../../gateway/pipeline/operations.ts";
import { executePrepared } from "../../gateway/pipeline/request.ts";
import { loadSupergraph, openVersion } from "../../gateway/pipeline/supergraph-version.ts";
import type { Subgraph } from "../../gateway/subgraph-client/subgraph-request.ts";
import { fromUtf8 } from "../../gateway/utf8.ts";
import { federation } from "./kit/in-process-federation.ts";
import { aScope } from "./kit/scripted-subgraph.ts";

const RATES: Record<string, number> = { USD: 10, VND: 250_000, EUR: 9 };
const price = (_: unknown, { currency }: { currency: string }) => RATES[currency];
const byReference = { __resolveReference: (it: object) => it };
const sent = (field: string) => (it: Record<string, unknown>) => JSON.stringify(it[field]);

describe("fields that require one field with different arguments", () => {
  const shop = {
    sdl: `type Query { object: O objects: [[O]] any: I me: O }
      interface I { id: ID! }
      type O implements I @key(fields: "id") { id: ID! price(currency: String!): Int size: Size plain(x: Int = 1): Int }
      type Size { width(unit: String = "m"): Int height: Int }`,
    resolvers: {
      Query: {
        object: () => ({ id: "1" }),
        me: () => ({ id: "9" }),
        objects: () => [[{ id: "1" }, { id: "2" }], null],
        any: () => ({ __typename: "O", id: "1" }),
      },
      O: { ...byReference, price, size: () => ({ height: 7 }), plain: (_: unknown, { x }: { x: number }) => x },
      Size: { width: (_: unknown, { unit }: { unit: string }) => (unit === "m" ? 1 : 1_000) },
    },
  };
  const prices = {
    sdl: `type O @key(fields: "id") { id: ID! price(currency: String!): Int @external plain(x: Int = 1): Int @external
        size: Size @external
        usd(prefix: String = ""): String @requires(fields: "price(currency: \\"USD\\")")
        vnd: String @requires(fields: "price(currency: \\"VND\\")")
        bare: String @requires(fields: "plain")
        five: String @requires(fields: "plain(x: 5)")
        metres: String @requires(fields: "size { width height }")
        millimetres: String @requires(fields: "size { width(unit: \\"mm\\") }")
        free: Int }
      type Size { width(unit: String = "m"): Int @external height: Int @external }`,
    resolvers: {
      O: {
        ...byReference,
        usd: (it: { price: number }, { prefix }: { prefix: string }) => `${prefix}${it.price}`,
        vnd: sent("price"),
        bare: sent("plain"),
        five: sent("plain"),
        metres: sent("size"),
        millimetres: ({ size }: { size: { width: number } }) => String(size.width),
        free: () => 1,
      },
    },
  };
  const taxes = {
    sdl: `type O @key(fields: "id") { id: ID! price(currency: String!): Int @external
      tax: String @requires(fields: "price(currency: \\"EUR\\")") }`,
    resolvers: { O: { ...byReference, tax: sent("price") } },
  };
  const graph = federation({ shop, prices, taxes });

  test.each([
    ["{ object { usd vnd } }", { usd: "10", vnd: "250000" }],
    ["{ object { vnd usd } }", { vnd: "250000", usd: "10" }],
    ["{ object { free vnd tax usd } }", { free: 1, vnd: "250000", tax: "9", usd: "10" }],
    ['{ object { price(currency: "VND") usd } }', { price: 250_000, usd: "10" }],
    ["{ object { five bare } }", { five: "5", bare: "1" }],
    ["{ object { bare five plain(x: 3) } }", { bare: "1", five: "5", plain: 3 }],
    ["{ object { metres millimetres } }", { metres: '{"width":1,"height":7}', millimetres: "1000" }],
    ['query ($p: String = "$") { object { usd(prefix: $p) vnd } }', { usd: "$10", vnd: "250000" }],
    ["{ object { ... { usd } ...V } } fragment V on O { vnd }", { usd: "10", vnd: "250000" }],
  ])("%s gets each its own value", async (query, object) => {
    const { data, errors } = await graph.run(query);
    expect({ data, errors }).toEqual({ data: { object }, errors: [] });
  });

  test("get each their own value in lists and through an interface", async () => {
    const each = { usd: "10", vnd: "250000" };
    expect((await graph.run("{ objects { usd vnd } }")).data).toEqual({ objects: [[each, each], null] });
    expect((await graph.run("{ any { ... on O { vnd usd } } }")).data).toEqual({ any: { vnd: "250000", usd: "10" } });
  });

  test("fields that require one field with different arguments stay invisible to clients", async () => {
    const { data } = await graph.run('{ __type(name: "O") { fields { name } } }');
    expect(JSON.stringify(data)).not.toContain("requirement");
    const { errors } = await graph.run("{ object { price__requirement_1 } }");
    expect(errors[0]?.message).toContain("Cannot query field");
  });
});

describe("a key that is not resolvable", () => {
  test("a key that is not resolvable is not used where the subgraph has a resolvable key of the type", async () => {
    const { run } = federation({
      a: {
        sdl: `type Query { o: O }
          type O @key(fields: "id", resolvable: false) @key(fields: "code") { id: ID! code: ID! base: Int
            }`,
        resolvers: {
          Query: { o: () => ({ id: "1", code: "c", base: 4 }) },
          O: { __resolveReference: ({ code }: { code?: string }) => (code ? { id: "1", code, base: 4 } : null) },
        },
      },
      b: {
        sdl: `type Query { fromB: O }
          type O @key(fields: "id") @key(fields: "code") { id: ID! code: ID! base: Int @external
          twice: Int @requires(fields: "base") }`,
        resolvers: {
          Query: { fromB: () => ({ id: "1", code: "c" }) },
          O: { ...byReference, twice: ({ base }: { base: number }) => base * 2 },
        },
      },
    });
    expect(await run("{ fromB { twice } }")).toMatchObject({ data: { fromB: { twice: 8 } }, errors: [] });
  });
});

describe("a plan that lacks fields", () => {
  const sdl = "type Query { x: Int y: Int strict: Int! o: O } type O { a: Int b: Int }";
  const subgraph: Subgraph = {
    ...{ name: "a", agency: "A", url: "http://x/", close: async () => {} },
    send: (_request, _scope, to) => to.onResponse({ data: { x: 1, o: { a: 2 } } }),
  };

  /** Executes an operation by a plan that a planner might give. */
  async function runBy(plan: QueryPlan, query: string) {
    const loaded = loadSupergraph(federation({ a: { sdl } }).supergraph);
    const planning = { apiSdl: sdl, plan: async () => ({ kind: "planned", plan }) as const };
    const version = openVersion(loaded, planning, { subgraphs: new Map([["a", subgraph]]) });
    const { data, errors } = await executePrepared(
      openOperations(version).prepare(query, undefined),
      undefined,
      aScope(),
    );
    return { data: data && JSON.parse(fromUtf8(data)), errors };
  }

  const fetching = (operation: string): QueryPlan => ({
    kind: "QueryPlan",
    node: { kind: "Fetch", serviceName: "a", operation, operationName: undefined, operationKind: "query" as never },
  });

  test("an empty plan is no data with an error that says so, and blames no subgraph", async () => {
    const { data, errors } = await runBy({ kind: "QueryPlan" }, "{ x }");
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: "INTERNAL" } }]);
    expect(errors[0]?.message).toBe("The operation cannot be planned: no subgraph can resolve its fields");
  });

  test("a field that the plan leaves out is null with an error that blames no subgraph", async () => {
    const { data, errors } = await runBy(fetching("{x o{a}}"), "{ x y o { a b } }");
    expect(data).toEqual({ x: 1, y: null, o: { a: 2, b: null } });
    expect(errors.map(({ path, message }) => [path?.join("."), message])).toEqual([
      ["y", "The query plan does not fetch this field"],
      ["o.b", "The query plan does not fetch this field"],
    ]);
  });

  test("an object whose type not every subgraph of a shared field can return is null, with an error that blames the plan (suite partial-union)", async () => {
    const book = (field: string) =>
      `type Book @key(fields: "id") { id: ID! title: String! @shareable ${field}: String }`;
    const other = (name: string) => `type ${name} @key(fields: "id") { id: ID! title: String! @shareable }`;
    const query = "type Query { us: U @shareable all: [U] @shareable }";
    const values = [
      { __typename: "Book", id: "1", title: "T", a: "A", b: "B" },
      { __typename: "Song", id: "2", title: "S" },
    ];
    const { run } = federation({
      a: {
        sdl: `${query} union U = Book | Song ${book("a")} ${other("Song")}`,
        resolvers: { Query: { us: () => values[1], all: () => values } },
      },
      b: {
        sdl: `${query} union U = Book | Film ${book("b")} ${other("Film")}`,
        resolvers: { Query: { us: () => null, all: () => [values[0], null] } },
      },
    });
    const { data, errors } = await run(
      "{ us { __typename ... on Song { title } } all { ... on Book { title a b } ... on Song { title } ... on Film { title } } }",
    );
    expect(data).toEqual({ us: null, all: [{ title: "T", a: "A", b: "B" }, null] });
    expect(errors.map(({ path, message }) => [path?.join("."), message])).toEqual([
      ["us.title", "The query plan does not fetch this field"],
      ["all.1.title", "The query plan does not fetch this field"],
    ]);
  });

  test("a field that the plan fetches and the subgraph leaves out is the subgraph's fault", async () => {
    const { errors } = await runBy(fetching("{x y}"), "{ x y }");
    expect(errors).toMatchObject([{ path: ["y"], message: expect.stringContaining("subgraph's response violates") }]);
  });
});

test("a fragment on another interface or a union is answered where a subgraph knows the interface around it as an object", async () => {
  const objects: Record<string, object> = {
    "1": { __typename: "A", id: "1", title: "a" },
    "2": { __typename: "B", id: "2", title: "b" },
  };
  const resolved = { __resolveReference: ({ id }: { id: string }) => objects[id] };
  const { run } = federation({
    home: {
      sdl: `interface I @key(fields: "id") { id: ID! } interface Titled { title: String } union U = A | B
        type A implements I & Titled @key(fields: "id") { id: ID! title: String }
        type B implements I @key(fields: "id") { id: ID! title: String }`,
      resolvers: { I: resolved, A: resolved, B: resolved },
    },
    far: {
      sdl: `type Query { all: [I] } type I @key(fields: "id") @interfaceObject { id: ID! twin: I }`,
      resolvers: {
        Query: { all: () => [{ id: "1" }, { id: "2" }, null] },
        I: { ...byReference, twin: ({ id }: { id: string }) => ({ id: id === "1" ? "2" : "1" }) },
      },
    },
  });
  const query =
    "{ all { ... on Titled { title } twin { ... on Titled { __typename } ... on U { ... on B { title } } } } }";
  const { data, errors } = await run(query);
  expect(errors).toEqual([]);
  expect(data).toEqual({ all: [{ title: "a", twin: { title: "b" } }, { twin: { __typename: "A" } }, null] });
});
