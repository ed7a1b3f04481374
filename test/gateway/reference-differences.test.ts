import { expect, test } from "vitest";
import { federation, type SubgraphSpecification } from "./kit/in-process-federation.ts";

/**
 * Kinds of graphs for which @apollo/gateway gives other data than the federation specification; each with the right value. Names
 * say the suite of the public federation audit (graphql-hive/federation-gateway-audit) that has the kind. The graphs are our own.
 */
const byReference = { __resolveReference: (it: object) => it };
const item = { Query: { o: () => ({ id: "1", name: "n" }) } };
const priced = (_: unknown, { in: unit }: { in: string }) => unit;
const sent = (field: string) => (it: Record<string, unknown>) => `${it[field]}`;
const sum = ({ items }: { items: { n: number }[] }) => items.reduce((total, { n }) => total + n, 0);

const prices = {
  sdl: 'type Query { o: O } type O @key(fields: "id") { id: ID! name: String price(in: String = "D"): String }',
  resolvers: { ...item, O: { ...byReference, price: priced } },
};

test.each<[string, Record<string, SubgraphSpecification>, string, object]>([
  [
    "the client's arguments are others than those of a requirement (suite requires-with-argument-conflict)",
    {
      prices,
      taxes: {
        sdl: 'type O @key(fields: "id") { id: ID! price(in: String = "D"): String @external tax: String @requires(fields: "price(in: \\"X\\")") }',
        resolvers: { O: { ...byReference, tax: sent("price") } },
      },
    },
    '{ o { price(in: "Y") tax } }',
    { price: "Y", tax: "X" },
  ],
  [
    "two fields require one field with different arguments (suite requires-with-argument)",
    {
      prices,
      taxes: {
        sdl: `type O @key(fields: "id") { id: ID! price(in: String = "D"): String @external
          x: String @requires(fields: "price(in: \\"X\\")") y: String @requires(fields: "price(in: \\"Y\\")") }`,
        resolvers: { O: { ...byReference, x: sent("price"), y: sent("price") } },
      },
    },
    "{ o { y x } }",
    { y: "Y", x: "X" },
  ],
  [
    "objects of a list are required with different arguments (suite requires-with-argument)",
    {
      lists: {
        sdl: 'type Query { o: O } type O @key(fields: "id") { id: ID! items: [Item!] } type Item { n(x: Int!): Int }',
        resolvers: {
          Query: { o: () => ({ id: "1", items: [{}, {}] }) },
          O: { __resolveReference: (it: object) => ({ ...it, items: [{}, {}] }) },
          Item: { n: (_: unknown, { x }: { x: number }) => x },
        },
      },
      sums: {
        sdl: `type O @key(fields: "id") { id: ID! items: [Item!] @external four: Int @requires(fields: "items { n(x: 2) }")
          ten: Int @requires(fields: "items { n(x: 5) }") } type Item { n(x: Int!): Int @external }`,
        resolvers: { O: { ...byReference, four: sum, ten: sum } },
      },
    },
    "{ o { items { n(x: 9) } four ten } }",
    { items: [{ n: 9 }, { n: 9 }], four: 4, ten: 10 },
  ],
  [
    "an alias of the client equals the name of a key",
    {
      prices,
      far: {
        sdl: 'type O @key(fields: "id") { id: ID! far: String }',
        resolvers: { O: { ...byReference, far: sent("id") } },
      },
    },
    "{ o { id: name far } }",
    { id: "n", far: "1" },
  ],
  [
    "a key is null",
    {
      prices: {
        sdl: 'type Query { o: O } type O @key(fields: "k") { k: ID }',
        resolvers: { Query: { o: () => ({ k: null }) } },
      },
      far: {
        sdl: 'type O @key(fields: "k") { k: ID far: String }',
        resolvers: { O: { ...byReference, far: sent("k") } },
      },
    },
    "{ o { k far } }",
    { k: null, far: null },
  ],
  [
    "a key is reached through other keys (suite keys-mashup)",
    {
      a: {
        sdl: 'type Query { o: O } type O @key(fields: "a") { a: ID! }',
        resolvers: { Query: { o: () => ({ a: "1" }) } },
      },
      b: {
        sdl: 'type O @key(fields: "a") @key(fields: "b") { a: ID! b: ID! }',
        resolvers: { O: { __resolveReference: () => ({ a: "1", b: "2" }) } },
      },
      c: {
        sdl: 'type O @key(fields: "b") @key(fields: "c") { b: ID! c: ID! }',
        resolvers: { O: { __resolveReference: () => ({ b: "2", c: "3" }) } },
      },
      d: {
        sdl: 'type O @key(fields: "c") { c: ID! far: String }',
        resolvers: { O: { ...byReference, far: sent("c") } },
      },
    },
    "{ o { far } }",
    { far: "3" },
  ],
])("the right data are given where %s", async (_, subgraphs, query, o) => {
  const { data, errors } = await federation(subgraphs).run(query);
  expect({ data, errors }).toEqual({ data: { o }, errors: [] });
});

test("an object of an @interfaceObject that no subgraph can resolve is null, and the others are answered (suite non-resolvable-interface-object)", async () => {
  const { run } = federation({
    types: {
      sdl: 'interface I @key(fields: "id") { id: ID! name: String } type T implements I @key(fields: "id") { id: ID! name: String }',
      resolvers: {
        I: {
          __resolveReference: ({ id }: { id: string }) => (id === "1" ? { __typename: "T", id, name: "n" } : null),
          __resolveType: () => "T",
        },
      },
    },
    extras: {
      sdl: 'type Query { all: [I] } type I @key(fields: "id") @interfaceObject { id: ID! extra: String }',
      resolvers: { Query: { all: () => ["1", "2"].map((id) => ({ id, extra: `e${id}` })) }, I: byReference },
    },
  });
  expect((await run("{ all { __typename extra } }")).data).toEqual({ all: [{ __typename: "T", extra: "e1" }, null] });
  expect(await run("{ all { name extra } }")).toMatchObject({
    data: {
      all: [
        { name: "n", extra: "e1" },
        { name: null, extra: "e2" },
      ],
    },
    errors: [],
  });
});
