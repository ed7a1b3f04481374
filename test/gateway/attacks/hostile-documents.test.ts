import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gatewayWorld, type World } from "../kit/gateway-world.ts";
import { requestPaths } from "../kit/request-paths.ts";

const many = (count: number, part: (n: number) => string) => Array.from({ length: count }, (_, n) => part(n)).join(" ");
const nested = (depth: number) =>
  `{ citizen(personalId: "1") { household { members ${"{ household { members ".repeat(depth)} { fullName } ${"} }".repeat(depth)} } } }`;
/** Each fragment spreads the next one ten times: ten billion fields. */
const bomb = `{ citizen(personalId: "1") { ...F0 } } ${many(
  10,
  (n) => `fragment F${n} on Citizen { household { members { ${many(10, () => `...F${n + 1}`)} } } }`,
)} fragment F10 on Citizen { fullName }`;
const wideBomb = `{ ...F0 } ${many(12, (n) => `fragment F${n} on Query { ${many(4, () => `...F${n + 1}`)} }`)} fragment F12 on Query { whoAmI }`;

type Attack = { query: string; variables?: object; limit: string; asked?: number };
const ATTACKS: Record<string, Attack> = {
  "1,000 aliases": { query: `{ ${many(1_000, (n) => `a${n}: whoAmI`)} }`, limit: "aliases", asked: 1_000 },
  "1,000 aliases in a fragment": {
    query: `{ ...F } fragment F on Query { ${many(1_000, (n) => `a${n}: whoAmI`)} }`,
    limit: "aliases",
  },
  "200 root fields": { query: `{ ${many(200, () => "whoAmI")} }`, limit: "rootFields", asked: 200 },
  "deep nesting": { query: nested(40), limit: "depth", asked: 84 },
  "a fragment bomb in depth": { query: bomb, limit: "fields" },
  "a fragment bomb in width": { query: wideBomb, limit: "fields", asked: 4 ** 12 },
  "an unused fragment bomb": {
    query: `{ whoAmI } ${bomb.slice(bomb.indexOf("fragment"))}`,
    limit: "fields",
  },
  "500 directives on a field": {
    query: `{ whoAmI ${many(500, () => "@skip(if: false)")} }`,
    limit: "directives",
    asked: 500,
  },
  "500 directives that do not exist": {
    query: `{ whoAmI ${many(500, (n) => `@a${n}`)} }`,
    limit: "directives",
    asked: 500,
  },
  "the same field 900 times": {
    query: `{ ${many(9, () => `citizen(personalId: "1") { ${many(100, () => "fullName")} }`)} }`,
    limit: "comparisons",
  },
  "100,000 tokens": { query: `{ whoAmI ${"# \n, whoAmI".repeat(100_000).slice(0, 900_000)} }`, limit: "tokens" },
  "a long list": { query: "{ shops(first: 1000000) { id } }", limit: "cost", asked: 1_000_000 },
  "a long list by a variable": {
    query: "query ($n: Int) { shops(first: $n) { id } }",
    variables: { n: 2 ** 31 - 1 },
    limit: "cost",
    asked: 2 ** 31 - 1,
  },
  "a long list by a variable's default": {
    query: "query ($n: Int = 999999) { shops(first: $n) { id } }",
    limit: "cost",
    asked: 999_999,
  },
  "many lists of the schema's default length": {
    query: `{ ${many(30, (n) => `a${n}: shops { id }`)} b: inspection ${many(19, (n) => `c${n}: inspection`)} }`,
    limit: "cost",
    asked: 30 * 20 + 20 * 600,
  },
};

describe.each(requestPaths)("by %s,", (_, environment) => {
  let world: World;
  beforeAll(async () => {
    world = await gatewayWorld(environment);
  });
  afterAll(() => world.close());
  const attempts = () =>
    [world.oneStop, world.civilStatus, world.healthInsurance, world.residence].map((each) => each.attempts);

  test.each(Object.entries(ATTACKS))("%s is refused before planning, and no agency is asked", async (_, attack) => {
    const before = attempts();
    const { data, errors, headers } = await world.ask(attack.query, attack.variables);
    expect(data).toBeUndefined();
    const found = errors.find(({ extensions }) => (extensions.limit as { name?: string })?.name === attack.limit);
    const limit = { name: attack.limit, allowed: expect.any(Number), asked: attack.asked ?? expect.any(Number) };
    expect(found?.extensions).toEqual({ code: "BAD_USER_INPUT", limit, requestId: headers.get("x-request-id") });
    expect(found?.message).toMatch(/\d+.*(allowed|tokens); \w+/);
    expect(attempts()).toEqual(before);
  });

  test("all limits that a document exceeds are reported together", async () => {
    const { errors } = await world.ask(`{ ${many(200, (n) => `a${n}: whoAmI ${many(3, () => "@skip(if: false)")}`)} }`);
    const names = errors.map(({ extensions }) => (extensions.limit as { name: string }).name);
    expect(names).toEqual(["aliases", "rootFields", "directives"]);
  });

  test("a document with a cycle of fragments is refused", async () => {
    const { data, errors } = await world.ask("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }");
    expect(data).toBeUndefined();
    expect(errors[0]?.message).toContain("Cannot spread fragment");
  });

  test("a document nested too deeply to be parsed is refused, and the gateway continues to serve", async () => {
    for (const query of ["{a".repeat(4_900), `{ a(b: ${"[".repeat(9_000)}) }`]) {
      expect((await world.ask(query)).errors[0]?.extensions.code).toBe("BAD_USER_INPUT");
    }
    expect((await world.ask("{ whoAmI }")).data).toEqual({ whoAmI: "anonymous" });
  });
});
