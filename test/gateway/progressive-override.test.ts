import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawOf, overrideDecisions } from "../../gateway/pipeline/planning/override-conditions.ts";
import { type ForeignGateway, foreignGateway } from "./kit/foreign-gateway.ts";
import { requestPaths } from "./kit/request-paths.ts";

const own = requestPaths.filter(([, { GATEWAY_EXECUTOR }]) => GATEWAY_EXECUTOR !== "apollo");
const FIELDS = {
  all: "percent(100)",
  none: "percent(0)",
  some: "percent(30.5)",
  named: "on",
  other: "off",
  cut: "weird)",
};
const from = (name: string) => ({ Query: Object.fromEntries(Object.keys(FIELDS).map((field) => [field, () => name])) });
const ITEM = { __typename: "Item", id: "1" };
const GIFT = { __typename: "Gift", id: "2", price: "free", owner: { id: "g", name: "g" } };
const a = {
  sdl: `type Query { ${Object.keys(FIELDS)
    .map((field) => `${field}: String`)
    .join(" ")} item: Item priced: [Priced] any: Any }
    interface Priced { id: ID! price: String owner: Owner }
    type Item implements Priced @key(fields: "id") { id: ID! price: String owner: Owner }
    type Gift implements Priced { id: ID! price: String owner: Owner }
    union Any = Item | Gift
    type Owner @key(fields: "id") { id: ID! name: String @shareable }`,
  resolvers: {
    Query: { ...from("a").Query, item: () => ITEM, priced: () => [ITEM, GIFT, null], any: () => ITEM },
    Item: { price: () => "a", owner: () => ({ id: "a", name: "a" }) },
  },
};
const b = {
  sdl: `type Query { ${Object.entries(FIELDS)
    .filter(([, label]) => label !== "weird)")
    .map(([field, label]) => `${field}: String @override(from: "a", label: "${label}")`)
    .join(" ")} }
    type Item @key(fields: "id") { id: ID! price: String @override(from: "a", label: "percent(30.5)")
      owner: Owner @override(from: "a", label: "on") }
    type Owner @key(fields: "id") { id: ID! name: String @shareable }`,
  resolvers: {
    ...from("b"),
    Item: { __resolveReference: (it: object) => it, price: () => "b", owner: () => ({ id: "b", name: "b" }) },
  },
};

describe.each(own)("%s", (_, pathEnvironment) => {
  let gateway: ForeignGateway;
  beforeAll(async () => {
    gateway = await foreignGateway({ a, b }, { ...pathEnvironment, OVERRIDE_LABELS: "on, unknown" });
  });
  afterAll(() => gateway.close());

  test("an override is active for a percentage of 100 or a label that is set as active, and for no other label", async () => {
    const { data } = await gateway.ask("{ all none named other cut }");
    expect(data).toEqual({ all: "b", none: "a", named: "b", other: "a", cut: "a" });
  });

  test("a percentage is drawn for each request, and again alike for a request with the same id", async () => {
    const ids = Array.from({ length: 60 }, (_, index) => `request-${index}`);
    const answers = await Promise.all(
      [...ids, ...ids].map((id) => gateway.ask("{ some item { price } }", {}, { "x-request-id": id })),
    );
    const expected = ids.map((id) => (drawOf(id) < 30.5 ? "b" : "a"));
    expect(new Set(expected)).toEqual(new Set(["a", "b"]));
    expect(answers.map(({ data }) => data.some)).toEqual([...expected, ...expected]);
    expect(answers.map(({ data }) => data.item.price)).toEqual([...expected, ...expected]);
  });
});

test("an override holds for a field that is selected on an interface, too", async () => {
  const inB = { ...b, sdl: b.sdl.replaceAll("percent(30.5)", "percent(100)") };
  for (const [OVERRIDE_LABELS, owner] of [
    ["on", "b"],
    ["", "a"],
  ] as const) {
    const gateway = await foreignGateway({ a, b: inB }, { OVERRIDE_LABELS });
    const { data, errors } = await gateway.ask(
      "{ priced { price o: owner { name } ... on Item { p: price } } any { ... on Priced { id price owner { id } } } }",
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      priced: [{ price: "b", o: { name: owner }, p: "b" }, { price: "free", o: { name: "g" } }, null],
      any: { id: "1", price: "b", owner: { id: owner } },
    });
    await gateway.close();
  }
});

test("the draws of many requests hit a percentage", () => {
  const decide = overrideDecisions(["percent(20)", "percent(5)"], new Set());
  const keys = Array.from({ length: 20_000 }, (_, index) => decide?.(`id-${index}`).active.join(" ") ?? "none");
  const share = (label: string) => keys.filter((key) => key.includes(label)).length / keys.length;
  expect(share("percent(20)")).toBeCloseTo(0.2, 1);
  expect(share("percent(5)")).toBeCloseTo(0.05, 1);
  expect(new Set(keys)).toEqual(new Set(["", "percent(20)", "percent(20) percent(5)"]));
});

test("the reference executor refuses a graph with progressive overrides in one sentence", async () => {
  const starting = foreignGateway({ a, b }, { GATEWAY_EXECUTOR: "apollo" });
  await expect(starting).rejects.toThrow(/GATEWAY_EXECUTOR: apollo ignores progressive overrides .* unset it$/);
});
