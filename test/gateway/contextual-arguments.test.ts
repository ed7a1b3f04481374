import { GraphQLError } from "graphql";
import { describe, expect, test } from "vitest";
import { foreignGateway } from "./kit/foreign-gateway.ts";
import { federation } from "./kit/in-process-federation.ts";
import { requestPaths } from "./kit/request-paths.ts";

const argument = (_: unknown, { unit }: { unit?: string | null }) => String(unit);
const shops = {
  sdl: `type Query { shop: Shop shops: [Shop] market: Market }
    type Shop @key(fields: "id") @context(name: "place") { id: ID! unit: String offer: Offer offers: [[Offer]] lines: [Line] }
    type Market @key(fields: "id") @context(name: "place") { id: ID! unit: String offer: Offer }
    type Line { code: String! offer: Offer }
    type Offer @key(fields: "id") { id: ID! price(unit: String @fromContext(field: "$place { unit }")): String }`,
  resolvers: {},
};
const offer = (id: string) => ({ id });
const shop = (id: string, unit: string | null) => ({
  ...{ id, unit, offer: offer("o") },
  offers: [[offer("o"), offer("p")], null, [null]],
  lines: [{ code: "x", offer: offer("q") }],
});
const resolvers = {
  Query: {
    shop: () => shop("1", "kg"),
    shops: () => [shop("1", "kg"), shop("2", "g"), shop("3", null), shop("4", "kg")],
    market: () => ({ id: "m", unit: "t", offer: offer("o") }),
  },
  Offer: { __resolveReference: (it: object) => it, price: argument },
};
const stock = {
  sdl: 'type Offer @key(fields: "id") { id: ID! left: Int }',
  resolvers: { Offer: { __resolveReference: (it: object) => it, left: () => 3 } },
};

describe("a contextual argument", () => {
  const { run, asked } = federation({ shops: { ...shops, resolvers }, stock });

  test("a contextual argument is filled with the value of the object around", async () => {
    const { data, errors } = await run("{ shop { offer { price left } } market { offer { price } } }");
    expect(errors).toEqual([]);
    expect(data).toEqual({ shop: { offer: { price: "kg", left: 3 } }, market: { offer: { price: "t" } } });
  });

  test("a contextual argument is filled with each object's own value in lists, and the same entity may have several", async () => {
    const { data, errors } = await run("{ shops { offer { price } } }");
    expect(errors).toEqual([]);
    expect(data).toEqual({ shops: ["kg", "g", "null", "kg"].map((price) => ({ offer: { price } })) });
    const calls = asked.filter(({ query }) => query.includes("price"));
    expect(calls.map(({ variables }) => variables.contextualArgument_1_0).sort()).toEqual(["g", "kg", null]);
  });

  test("a contextual argument is found through lists in lists and through objects between", async () => {
    const { data, errors } = await run("{ shop { unit offers { price } lines { offer { p: price } } } }");
    expect(errors).toEqual([]);
    expect(data).toEqual({
      shop: { unit: "kg", offers: [[{ price: "kg" }, { price: "kg" }], null, [null]], lines: [{ offer: { p: "kg" } }] },
    });
  });

  test("a contextual argument is invisible to clients", async () => {
    const { data } = await run('{ __type(name: "Offer") { fields { name args { name } } } }');
    expect(JSON.stringify(data)).not.toContain("unit");
  });

  test("a contextual argument is not replaced by null where its value is missing because of an error", async () => {
    const units = {
      sdl: 'type Shop @key(fields: "id") { id: ID! base: String @shareable }',
      says: () => ({ errors: [new GraphQLError("no unit", { extensions: { code: "NOT_FOUND" } })] }),
    };
    const around = shops.sdl.replace("id: ID! unit: String offer", "id: ID! unit: String @external offer");
    const graph = federation({
      shops: { sdl: around.replace(/type Market[^\n]*\n/, "").replace("market: Market", ""), resolvers },
      units: { ...units, sdl: 'type Shop @key(fields: "id") { id: ID! unit: String }' },
    });
    const { data, errors } = await graph.run("{ shop { offer { price } } }");
    expect(data).toEqual({ shop: { offer: { price: null } } });
    expect(errors).toMatchObject([{ message: "no unit", path: ["shop", "offer", "price"] }]);
    expect(graph.asked.filter(({ query }) => query.includes("price"))).toEqual([]);
  });
});

test("a gateway serves contextual arguments over HTTP, also in Apollo Server's pipeline", async () => {
  for (const [, pathEnvironment] of requestPaths.slice(0, 2)) {
    const gateway = await foreignGateway({ shops: { ...shops, resolvers }, stock }, pathEnvironment);
    expect((await gateway.ask("{ shop { offer { price } } }")).data).toEqual({ shop: { offer: { price: "kg" } } });
    await gateway.close();
  }
});

test("the reference executor refuses a graph with contextual arguments in one sentence", async () => {
  const starting = foreignGateway({ shops: { ...shops, resolvers }, stock }, { GATEWAY_EXECUTOR: "apollo" });
  await expect(starting).rejects.toThrow(/GATEWAY_EXECUTOR: apollo ignores contextual arguments .* unset it$/);
});
