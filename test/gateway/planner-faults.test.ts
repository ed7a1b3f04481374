import { describe, expect, test } from "vitest";
import { federation } from "./kit/in-process-federation.ts";

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

  test("stay invisible to clients", async () => {
    const { data } = await graph.run('{ __type(name: "O") { fields { name } } }');
    expect(JSON.stringify(data)).not.toContain("requirement");
    const { errors } = await graph.run("{ object { price__requirement_1 } }");
    expect(errors[0]?.message).toContain("Cannot query field");
  });
});

describe("a key that is not resolvable", () => {
  test("is not used where the subgraph has a resolvable key of the type", async () => {
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
