import { GraphQLError } from "graphql";
import { describe, expect, test } from "vitest";
import { federation } from "./kit/in-process-federation.ts";

const no = (message: string) => {
  throw new GraphQLError(message, { extensions: { code: "NOT_FOUND" } });
};
const products = {
  sdl: `type Query { shops: [Shop] fine: String bad: String }
    type Mutation { first: Int second: Int third: Int }
    type Shop { best: Product all: [[Product]] }
    type Product @key(fields: "id") { id: ID! }`,
  resolvers: {
    Query: {
      shops: () => [{ best: { id: "a" }, all: [[{ id: "b" }, { id: "a" }]] }, { best: { id: "c" } }],
      bad: () => no("bad itself"),
    },
  },
};
const prices = {
  sdl: 'type Product @key(fields: "id") { id: ID! price(in: String): Int must: Int! }',
  resolvers: {
    Product: {
      __resolveReference: async ({ id }: { id: string }) => (id === "c" ? no("no such product") : { id }),
      price: ({ id }: { id: string }) => (id === "a" ? no("no price") : 1),
      must: ({ id }: { id: string }) => (id === "a" ? no("no must") : 1),
    },
  },
};
const graph = federation({ products, prices });

const at = (errors: readonly { path?: readonly unknown[]; message: string }[]) =>
  errors.map(({ path, message }) => `${path?.join(".")}: ${message}`).sort();

describe("an error of a subgraph", () => {
  test("a subgraph error has the client's path, with the client's aliases", async () => {
    const { data, errors } = await graph.run("{ oops: bad }");
    expect({ data, errors: at(errors) }).toEqual({ data: { oops: null }, errors: ["oops: bad itself"] });
  });

  test("a subgraph error of an entity appears at each place of the entity, and at that of a missing entity", async () => {
    const { data, errors } = await graph.run("{ shops { top: best { cost: price } all { price } } }");
    expect(data).toEqual({
      shops: [
        { top: { cost: null }, all: [[{ price: 1 }, { price: null }]] },
        { top: { cost: null }, all: null },
      ],
    });
    expect(at(errors)).toEqual([
      "shops.0.all.0.1.price: no price",
      "shops.0.top.cost: no price",
      "shops.1.top: no such product",
    ]);
  });

  test("a subgraph error appears under each alias of the field", async () => {
    const { errors } = await graph.run('{ shops { best { price dong: price(in: "VND") again: price } } }');
    expect(at(errors).filter((each) => each.startsWith("shops.0"))).toEqual([
      "shops.0.best.again: no price",
      "shops.0.best.dong: no price",
      "shops.0.best.price: no price",
    ]);
  });

  test("a subgraph error explains the propagated nulls above it, and no gateway error is added", async () => {
    const { data, errors } = await graph.run("{ shops { best { must } } }");
    expect(data).toEqual({ shops: [{ best: null }, { best: null }] });
    expect(at(errors)).toEqual(["shops.0.best.must: no must", "shops.1.best: no such product"]);
  });

  test("fields that depend on a value that an error made null are not fetched", async () => {
    const stock = {
      sdl: `type Product @key(fields: "id") { id: ID! price: Int @external
        taxed: Boolean @requires(fields: "price") }`,
      resolvers: { Product: { __resolveReference: (it: object) => it, taxed: () => true } },
    };
    const both = federation({
      products,
      prices: { ...prices, sdl: prices.sdl.replace("price(in: String)", "price") },
      stock,
    });
    const { data, errors } = await both.run("{ shops { best { id taxed } } }");
    expect(data).toEqual({ shops: [{ best: { id: "a", taxed: true } }, { best: { id: "c", taxed: null } }] });
    expect(at(errors)).toContain("shops.1.best: no such product");
    expect(both.asked.at(-1)?.variables.representations).toEqual([{ __typename: "Product", id: "a", price: null }]);
  });

  test("a subgraph error of a whole response appears at each place that is null because of it", async () => {
    const says = () => ({ errors: [{ message: "busy", extensions: { code: "RATE_LIMITED" } }] });
    const { data, errors } = await federation({ products, prices: { ...prices, says } }).run(
      "{ shops { best { id price } } }",
    );
    expect(data).toEqual({ shops: [{ best: { id: "a", price: null } }, { best: { id: "c", price: null } }] });
    expect(at(errors)).toEqual(["shops.0.best.price: busy", "shops.1.best.price: busy"]);
    expect(errors[0]?.extensions.code).toBe("RATE_LIMITED");
  });
});

describe("mutations", () => {
  test("a mutation selected under two aliases is executed twice", async () => {
    let count = 0;
    const sdl = "type Query { x: Int } type Mutation { add: Int }";
    const { run } = federation({ one: { sdl, resolvers: { Mutation: { add: () => ++count } } } });
    expect((await run("mutation { add more: add add }")).text).toBe('{"add":1,"more":2}');
  });

  test("mutations are sent one after the other, each after the previous response", async () => {
    const log: string[] = [];
    const says = async (name: string, query: string) => {
      log.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      log.push(`${name} ends`);
      const fields = [...query.matchAll(/\b(one|two|three|four)\b/g)].map(([field]) => [field, 1]);
      return { data: Object.fromEntries(fields) };
    };
    const query = "type Query { x: Int }";
    const run = federation({
      left: {
        sdl: `${query} type Mutation { one: Int three: Int }`,
        says: (call) => says("left", call.query) as never,
      },
      right: { sdl: "type Mutation { two: Int four: Int }", says: (call) => says("right", call.query) as never },
    }).run;
    const { text } = await run("mutation { one two three four }");
    expect(text).toBe('{"one":1,"two":1,"three":1,"four":1}');
    expect(log).toEqual(["left", "right", "left", "right"].flatMap((name) => [`${name} begins`, `${name} ends`]));
  });
});

describe("a response without data", () => {
  const sdl =
    "type Query { list(first: Int = 1): C! other: C } type Mutation { m: Int! n: Int! } type C { total: Int! }";
  const bad = { message: "bad", extensions: { code: "BAD_USER_INPUT" } };
  /** Response name of a field that the subgraph received. */
  const nameOf = (query: string, first: number) => new RegExp(`(\\w+):list\\(first:${first}\\)`).exec(query)?.[1] ?? "";
  const both = "{ a: list(first: 1) { total } b: list(first: 2) { total } }";

  test.each<[string, (query: string) => readonly unknown[][], string[]]>([
    ["at a field", (query) => [[nameOf(query, 2)]], ["b: bad"]],
    ["inside a field", (query) => [[nameOf(query, 2), "total"]], ["b.total: bad"]],
    ["at both", (query) => [[nameOf(query, 2)], [nameOf(query, 1)]], ["a: bad", "b: bad"]],
    ["at a field that was not asked", () => [["elsewhere"]], ["a: bad", "b: bad"]],
  ])("a response without data with an error %s blames no other field", async (_, paths, expected) => {
    const says = ({ query }: { query: string }) => ({
      data: null,
      errors: paths(query).map((path) => ({ ...bad, path })),
    });
    const { data, errors } = await federation({ a: { sdl, says } }).run(both);
    expect({ data, errors: at(errors) }).toEqual({ data: null, errors: expected });
    expect(errors.every(({ extensions }) => extensions.code === "BAD_USER_INPUT")).toBe(true);
  });

  test("a mutation without data, with an error at its first field, blames no other field", async () => {
    const says = () => ({ data: null, errors: [{ ...bad, path: ["m"] }] });
    const { errors } = await federation({ a: { sdl, says } }).run("mutation { m n }");
    expect(at(errors)).toEqual(["m: bad"]);
  });

  test("a response without data explains each null beside its error that the error itself does not explain", async () => {
    const says = () => ({ data: null, errors: [{ ...bad, path: ["_entities", 1, "must"] }] });
    const { data, errors } = await federation({ products, prices: { ...prices, says } }).run(
      "{ shops { best { must } } }",
    );
    expect(data).toEqual({ shops: [{ best: null }, { best: null }] });
    expect(at(errors)).toEqual(["shops.0.best: bad", "shops.1.best.must: bad"]);
  });
});

describe("an error without a usable path", () => {
  const missing = { message: "none", extensions: { code: "NOT_FOUND" } };

  test.each([
    ["the entities", ["_entities"]],
    ["nothing", undefined],
    ["an entity that was not asked", ["_entities", 7]],
  ])("an error without a usable path (at %s) stands at the place of each entity that is null", async (_, path) => {
    const says = () => ({ data: { _entities: [null, null] }, errors: [{ ...missing, path }] });
    const graph = federation({ products, prices: { ...prices, says } });
    const strict = await graph.run("{ shops { best { must } } }");
    expect(strict.data).toEqual({ shops: [{ best: null }, { best: null }] });
    expect(at(strict.errors)).toEqual(["shops.0.best: none", "shops.1.best: none"]);
    expect(strict.errors[0]?.extensions.code).toBe("NOT_FOUND");
    expect(at((await graph.run("{ shops { best { price } } }")).errors)).toEqual([
      "shops.0.best.price: none",
      "shops.1.best.price: none",
    ]);
  });

  test("an error without a usable path stands only at entities that are null", async () => {
    const says = () => ({ data: { _entities: [null, { must: 1 }] }, errors: [{ ...missing, path: ["_entities"] }] });
    const { data, errors } = await federation({ products, prices: { ...prices, says } }).run(
      "{ shops { best { must } } }",
    );
    expect(data).toEqual({ shops: [{ best: null }, { best: { must: 1 } }] });
    expect(at(errors)).toEqual(["shops.0.best: none"]);
  });

  test("an error without a usable path explains a null that its type forbids, and stays without a path where there is no null", async () => {
    const sdl = "type Query { strict: Int! fine: Int }";
    const graph = (data: object) => federation({ a: { sdl, says: () => ({ data, errors: [missing] }) } });
    expect(at((await graph({ strict: null }).run("{ strict }")).errors)).toEqual(["strict: none"]);
    expect(at((await graph({ fine: 1 }).run("{ fine }")).errors)).toEqual(["undefined: none"]);
  });
});

describe("errors without a path beside other errors", () => {
  const sdl = "type Query { a: Int b: Int } type Mutation { m: Int! n: Int! }";
  const error = (message: string, path?: (string | number)[]) => ({ message, path, extensions: { code: "CONFLICT" } });

  test.each<[string, unknown, object[], string, string[]]>([
    ["that explains its null", null, [error("A", ["a"]), error("U")], "{ a }", ["a: A", "undefined: U"]],
    ["at another null", null, [error("A", ["a"]), error("U")], "{ a b }", ["a: A", "b: U"]],
    ["without a path", null, [error("U"), error("V")], "{ a b }", ["a: U", "b: U", "undefined: V"]],
    ["beside data", { a: null }, [error("A", ["a"]), error("U")], "{ a }", ["a: A", "undefined: U"]],
    ["of a mutation", null, [error("M", ["m"]), error("U")], "mutation { m n }", ["m: M", "n: U"]],
  ])("an error without a path beside one %s reaches the client", async (_, data, errors, query, expected) => {
    const { run } = federation({ a: { sdl, says: () => ({ data, errors }) } });
    expect(at((await run(query)).errors)).toEqual(expected);
  });

  test("an error without a path beside one that explains a null entity reaches the client", async () => {
    const says = () => ({ data: null, errors: [error("E", ["_entities", 0]), error("U")] });
    const graph = federation({ products, prices: { ...prices, says } });
    expect(at((await graph.run("{ shops { best { must } } }")).errors)).toEqual(["shops.0.best: E", "shops.1.best: U"]);
  });
});

test("a field that needs an object's type has the failure of the subgraph that would have told it", async () => {
  const byReference = { __resolveReference: (it: object) => it };
  const { run } = federation({
    types: {
      sdl: `interface I @key(fields: "id") { id: ID! title: String }
        type T implements I @key(fields: "id") { id: ID! title: String }
        type U implements I @key(fields: "id") { id: ID! title: String }`,
      isDown: true,
    },
    shelves: {
      sdl: `type Shelf { top: I! } type I @key(fields: "id") @interfaceObject { id: ID! title: String @external
        slug: String @requires(fields: "title") shelf: Shelf }`,
      resolvers: { I: { ...byReference, shelf: () => ({ top: { id: "2" } }) } },
    },
    reviews: {
      sdl: 'type Query { rated: I } type I @key(fields: "id") @interfaceObject { id: ID! score: Int }',
      resolvers: { Query: { rated: () => ({ id: "1" }) }, I: { ...byReference, score: () => 1 } },
    },
  });
  const { data, errors } = await run("{ rated { shelf { top { slug score } } } }");
  expect(data).toEqual({ rated: { shelf: { top: { slug: null, score: null } } } });
  expect(errors.map(({ path, extensions }) => [path?.at(-1), extensions])).toEqual([
    ["slug", { code: "UNAVAILABLE", agency: "TYPES" }],
    ["score", { code: "UNAVAILABLE", agency: "TYPES" }],
  ]);
});
