import { describe, expect, test } from "vitest";
import { federation } from "./kit/in-process-federation.ts";

const RATES: Record<string, number> = { USD: 10, VND: 250_000, EUR: 9 };
const price = (_: unknown, { currency }: { currency: string }) => RATES[currency];
const byReference = { __resolveReference: (it: object) => it };
const sent = (field: string) => (it: Record<string, unknown>) => JSON.stringify(it[field]);

describe("fields that require one field with arguments that depend on the type", () => {
  const types = (fields: string) =>
    ["X", "Y"].map((name) => `type ${name} implements I @key(fields: "id") { ${fields} }`).join("\n");
  const object = (__typename: string) => ({ __typename, id: "1" });
  const items = () => [[object("Y")], [object("X"), null], null];
  const graph = federation({
    shop: {
      sdl: `type Query { o: O } interface I { id: ID! price(currency: String!): Int part: Part }
        type Part { price(currency: String!): Int } type O @key(fields: "id") { id: ID! items: [[I]] }
        ${types("id: ID! price(currency: String!): Int part: Part")}`,
      resolvers: {
        Query: { o: () => ({ id: "1" }) },
        O: { ...byReference, items },
        X: { ...byReference, price, part: () => ({}) },
        Y: { ...byReference, price, part: () => ({}) },
        Part: { price },
      },
    },
    prices: {
      sdl: `interface I { id: ID! price(currency: String!): Int part: Part }
        ${types("id: ID! price(currency: String!): Int @external part: Part @external")}
        type Part { price(currency: String!): Int @external }
        type O @key(fields: "id") { id: ID! items: [[I]] @external
          same: String @requires(fields: "items { price(currency: \\"USD\\") }")
          mixed: String @requires(fields: "items { ... on Y { price(currency: \\"VND\\") } ... on X { price(currency: \\"USD\\") } }")
          turned: String @requires(fields: "items { ... on Y { price(currency: \\"USD\\") } ... on X { price(currency: \\"VND\\") } }")
          parts: String @requires(fields: "items { ... on X { part { price(currency: \\"VND\\") } } ... on Y { part { price(currency: \\"EUR\\") } } }")
          one: String @requires(fields: "items { part { price(currency: \\"USD\\") } }") }`,
      resolvers: {
        O: {
          ...byReference,
          same: sent("items"),
          mixed: sent("items"),
          turned: sent("items"),
          parts: sent("items"),
          one: sent("items"),
        },
      },
    },
  });
  const values: Record<string, [y: number, x: number]> = {
    ...{ same: [10, 10], mixed: [250_000, 10], turned: [10, 250_000] },
    ...{ parts: [9, 250_000], one: [10, 10] },
  };

  test.each([
    "same mixed",
    "mixed same",
    "turned mixed same",
    "mixed turned",
    "parts one",
    "one parts mixed turned same",
  ])("a field has the values that its requirement names for each type: %s", async (names) => {
    const { data, errors } = await graph.run(`{ o { ${names} } }`);
    expect(errors).toEqual([]);
    const { o } = data as { o: Record<string, string> };
    for (const name of names.split(" ")) {
      const [[y], [x]] = JSON.parse(o[name] ?? "");
      const priceOf = (it: { price?: number; part?: { price: number } }) =>
        name === "parts" || name === "one" ? it.part?.price : it.price;
      expect([priceOf(y), priceOf(x)], name).toEqual(values[name]);
    }
  });
});
