import { describe, expect, test } from "vitest";
import { federation } from "./kit/in-process-federation.ts";

/** An entity whose reference is all that a subgraph needs. */
const byReference = { __resolveReference: (it: object) => it };

describe("a plan", () => {
  const shop = federation({
    products: {
      sdl: `type Query { products: [Product] grid: [[Product]] }
        type Product @key(fields: "id") { id: ID name: String }`,
      resolvers: {
        Query: {
          products: () => [{ id: "a", name: "A" }, null, { id: "b", name: "B" }, { id: "a", name: "A" }, { id: null }],
          grid: () => [[{ id: "a" }, { id: "b" }], null, [{ id: "a" }]],
        },
      },
    },
    stock: {
      sdl: 'type Product @key(fields: "id") { id: ID left(unit: String = "piece"): String }',
      resolvers: {
        Product: { ...byReference, left: ({ id }: { id: string }, { unit }: { unit: string }) => `${id} ${unit}` },
      },
    },
  });

  test("a plan fetches a repeated entity once, and nothing for an entity without a key", async () => {
    const { data } = await shop.run("{ products { left } }");
    expect(data).toEqual({
      products: [{ left: "a piece" }, null, { left: "b piece" }, { left: "a piece" }, { left: null }],
    });
    expect(shop.asked[1]?.variables.representations).toEqual([
      { __typename: "Product", id: "a" },
      { __typename: "Product", id: "b" },
    ]);
  });

  test("a plan reaches into lists of lists", async () => {
    const { data } = await shop.run("{ grid { id left } }");
    expect(data).toEqual({
      grid: [
        [
          { id: "a", left: "a piece" },
          { id: "b", left: "b piece" },
        ],
        null,
        [{ id: "a", left: "a piece" }],
      ],
    });
  });

  test("a plan fetches one field under two aliases with different arguments, one of them that of a key", async () => {
    const query = 'query ($unit: String) { products { id: left(unit: $unit) a: left(unit: "kg") left __typename } }';
    const { data } = await shop.run(query, { unit: "l" });
    const [first] = (data as { products: unknown[] }).products;
    expect(first).toEqual({ id: "a l", a: "a kg", left: "a piece", __typename: "Product" });
  });

  test("a response keeps the client's field order, whatever order the data arrived in", async () => {
    const { text } = await shop.run("{ products { left name id } }");
    expect(text).toMatch(/^\{"products":\[\{"left":"a piece","name":"A","id":"a"\},null,/);
  });

  test("a plan omits the fields that @skip and @include exclude, and their fetches", async () => {
    const query = `query ($more: Boolean!, $less: Boolean!) { products { ... @include(if: $more) { left }
      name @skip(if: $less) ...Id @include(if: $less) } } fragment Id on Product { id }`;
    expect((await shop.run(query, { more: false, less: true })).text).toMatch(/^\{"products":\[\{"id":"a"\},null/);
    expect(shop.asked).toHaveLength(1);
    expect((await shop.run(query, { more: true, less: false })).text).toMatch(/\{"left":"a piece","name":"A"\},null/);
  });
});

describe("@requires", () => {
  const post = federation({
    items: {
      sdl: `type Query { item: Item }
        type Item @key(fields: "id") { id: ID! weight(unit: String = "g"): Int size: Size }
        type Size { width: Int height: Int }`,
      resolvers: {
        Query: { item: () => ({ id: "i", size: { width: 2, height: 3 } }) },
        Item: { ...byReference, weight: (_: unknown, { unit }: { unit: string }) => (unit === "g" ? 2_000 : 2) },
      },
    },
    fees: {
      sdl: `type Item @key(fields: "id") { id: ID! weight(unit: String = "g"): Int @external size: Size @external
          fee: Int @requires(fields: "weight(unit: \\"kg\\") size { width height }") }
        type Size { width: Int @external height: Int @external }`,
      resolvers: {
        Item: {
          ...byReference,
          fee: ({ weight, size }: { weight: number; size: { width: number; height: number } }) =>
            weight * size.width * size.height,
        },
      },
    },
  });

  test("a field with @requires gets the stated arguments, even when the client selects the field with others", async () => {
    const { data } = await post.run("{ item { fee weight heavy: weight size { h: height } } }");
    expect(data).toEqual({ item: { fee: 12, weight: 2_000, heavy: 2_000, size: { h: 3 } } });
  });
});

describe("@interfaceObject", () => {
  const specifications = {
    library: {
      sdl: `type Query { media: [Media] }
        interface Media @key(fields: "id") { id: ID! title: String }
        type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }
        type Film implements Media @key(fields: "id") { id: ID! title: String }`,
      resolvers: {
        Query: {
          media: () => [
            { __typename: "Book", id: "b", title: "B", pages: 3 },
            { __typename: "Film", id: "f", title: "F" },
          ],
        },
        Media: {
          __resolveReference: ({ id }: { id: string }) => ({
            __typename: id === "b" ? "Book" : "Film",
            id,
            title: id.toUpperCase(),
            pages: 3,
          }),
        },
      },
    },
    reviews: {
      sdl: `type Query { best: Media }
        type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int }`,
      resolvers: {
        Query: { best: () => ({ id: "b" }) },
        Media: { ...byReference, stars: ({ id }: { id: string }) => (id === "b" ? 5 : 1) },
      },
    },
    shelves: {
      sdl: `type Media @key(fields: "id") @interfaceObject {
        id: ID! title: String @external slug: String @requires(fields: "title") }`,
      resolvers: {
        Media: { ...byReference, slug: ({ title }: { title: string }) => `slug-${title}` },
      },
    },
  };
  const library = federation(specifications);

  test("an @interfaceObject type is fetched by the interface's name, and its objects keep their own types", async () => {
    const { data } = await library.run("{ media { __typename stars ... on Book { pages } } }");
    expect(data).toEqual({
      media: [
        { __typename: "Book", stars: 5, pages: 3 },
        { __typename: "Film", stars: 1 },
      ],
    });
    expect(library.asked[1]?.variables.representations).toContainEqual({ __typename: "Media", id: "f" });
  });

  test("the type of an object is fetched where only the interface is known", async () => {
    const { data } = await library.run("{ best { kind: __typename stars title } }");
    expect(data).toEqual({ best: { kind: "Book", stars: 5, title: "B" } });
  });

  test("an @interfaceObject field gets what it requires, also when it is selected through one of the types", async () => {
    const { data } = await library.run("{ best { ... on Book { ... on Media { slug } pages } ... on Film { slug } } }");
    expect(data).toEqual({ best: { slug: "slug-B", pages: 3 } });
  });

  test("an @interfaceObject of undeterminable type is null with an error only where the type matters", async () => {
    const lost = federation({ ...specifications, library: { ...specifications.library, isDown: true } });
    const { data, errors } = await lost.run("{ best { stars ... on Book { pages } } }");
    expect(data).toEqual({ best: null });
    expect(errors).toMatchObject([{ path: ["best"], extensions: { code: "UNAVAILABLE", agency: "LIBRARY" } }]);
    expect(await lost.run("{ best { stars } }")).toMatchObject({ data: { best: { stars: 5 } }, errors: [] });
  });
});

describe("an object of several possible types", () => {
  const zoo = federation({
    zoo: {
      sdl: `type Query { animals: [Animal] }
        interface Animal { friend: Animal sound: String }
        type Dog implements Animal { friend: Dog sound(times: Int = 1): String }
        type Cat implements Animal { friend: Animal sound: String name: String }`,
      resolvers: {
        Query: {
          animals: () => [
            { __typename: "Dog", friend: {} },
            { __typename: "Cat", sound: "meow" },
          ],
        },
        Dog: { sound: (_: unknown, { times }: { times: number }) => "wow".repeat(times) },
      },
    },
  });

  test("an object of several possible types has a field whose arguments only one of them knows", async () => {
    const { data } = await zoo.run("{ animals { sound ... on Dog { loud: sound(times: 2) } } }");
    expect(data).toEqual({ animals: [{ sound: "wow", loud: "wowwow" }, { sound: "meow" }] });
  });

  test("an object of several possible types is present even if no fragment applies to it", async () => {
    const { data } = await zoo.run("{ animals { friend { ... on Cat { name } } } }");
    expect(data).toEqual({ animals: [{ friend: {} }, { friend: null }] });
  });
});
