import { getIntrospectionQuery, graphqlSync, introspectionFromSchema } from "graphql";
import { describe, expect, test } from "vitest";
import { federation } from "./kit/in-process-federation.ts";
import { versionOf } from "./kit/planning-in-thread.ts";

const sdl = `type Query { thing: Thing needed: Thing! things: [Thing!] any: Any named: Named }
  type Mutation { add(n: Int!): Int }
  scalar Anything
  enum Colour { RED GREEN BLUE @inaccessible }
  interface Named { name: String }
  union Any = Thing | Other
  type Other implements Named { name: String other: Int }
  type Secret implements Named @inaccessible { name: String }
  type Thing implements Named { name: String must: String! int: Int float: Float boolean: Boolean id: ID colour: Colour anything: Anything
    ints: [Int!] matrix: [[Int]!] inner: Thing }`;

/** Response to a client for data that a subgraph sends. */
async function shown(data: unknown, query: string) {
  const { data: seen, errors } = await federation({ one: { sdl, says: () => ({ data }) } }).run(query);
  return { data: seen, errors: errors.map(({ path, extensions }) => `${path?.join(".")} ${extensions.code}`) };
}

describe("a value that breaks the schema", () => {
  test.each([
    ["int", "7"],
    ["int", 2 ** 31],
    ["int", 1.5],
    ["float", "1.5"],
    ["boolean", 1],
    ["name", 5],
    ["name", { toString: 1 }],
    ["id", 1.5],
    ["colour", "PINK"],
    ["colour", "BLUE"],
    ["colour", "constructor"],
    ["ints", 5],
    ["ints", [1, null]],
    ["matrix", [[1], null]],
  ])("an invalid leaf value gives null and a gateway error (%s: %j)", async (field, value) => {
    const { data, errors } = await shown({ thing: { [field]: value } }, `{ thing { ${field} } }`);
    expect(data).toEqual({ thing: { [field]: null } });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(new RegExp(`^thing\\.${field}[.\\d]* INTERNAL$`));
  });

  test.each([[[]], ["text"], [5], [true]])(
    "an invalid object value gives null and a gateway error (%j in place of an object)",
    async (thing) => {
      expect(await shown({ thing }, "{ thing { name } }")).toEqual({
        data: { thing: null },
        errors: ["thing INTERNAL"],
      });
    },
  );

  test.each([["Secret"], ["Nothing"], ["__proto__"], [5], [null]])(
    "an object of the invalid type %j gives null and an error that does not name the type",
    async (__typename) => {
      const { data, errors } = await shown({ any: { __typename, name: "x" } }, "{ any { ... on Thing { name } } }");
      expect({ data, errors }).toEqual({ data: { any: null }, errors: ["any INTERNAL"] });
    },
  );
});

describe("a value of its type", () => {
  test.each([
    ["int", -(2 ** 31)],
    ["float", 5],
    ["float", 1e-7],
    ["boolean", false],
    ["name", 'quote " backslash \\ newline \n lone \ud800 pair 😀 \u2028'],
    ["colour", "GREEN"],
    ["anything", { any: ["thing", 1, null, { "": true }] }],
    ["anything", 0],
    ["ints", []],
    ["matrix", [[1, null], []]],
  ])("(%s: %j) is what it was", async (field, value) => {
    const { data, errors } = await shown({ thing: { [field]: value } }, `{ thing { ${field} } }`);
    expect({ data, errors }).toEqual({ data: { thing: { [field]: value } }, errors: [] });
  });

  test("an ID value is written as a string", async () => {
    expect((await shown({ thing: { id: 7 } }, "{ thing { id } }")).data).toEqual({ thing: { id: "7" } });
  });
});

describe("a null that must not be", () => {
  test("a null in a non-null position propagates to the nearest nullable parent", async () => {
    const data = { thing: { name: "t", inner: { must: null } }, things: [{ must: "be" }, {}] };
    expect(await shown(data, "{ thing { name inner { must } } things { must } }")).toEqual({
      data: { thing: { name: "t", inner: null }, things: null },
      errors: ["thing.inner.must INTERNAL", "things.1.must INTERNAL"],
    });
  });

  test("a null in a non-null position may propagate to the root", async () => {
    expect(await shown({ needed: null, thing: null }, "{ thing { name } needed { name } }")).toEqual({
      data: null,
      errors: ["needed INTERNAL"],
    });
  });
});

test("a field missing without an error gives null and a gateway error", async () => {
  expect(await shown({ thing: {} }, "{ thing { name } }")).toEqual({
    data: { thing: { name: null } },
    errors: ["thing.name INTERNAL"],
  });
});

test("a null in one of two selections of the same field does not affect the other", async () => {
  const resolvers = { Query: { thing: () => ({ name: "t" }) }, Thing: { must: () => null } };
  const { data } = await federation({ one: { sdl, resolvers } }).run("{ thing { name } strict: thing { must } }");
  expect(data).toEqual({ thing: { name: "t" }, strict: null });
});

describe("introspection", () => {
  const one = federation({ one: { sdl, says: () => ({ data: { thing: { name: "t" } } }) } });
  const { schema } = versionOf(one.supergraph, { subgraphs: new Map() });

  test("introspection is answered beside data and fetches nothing", async () => {
    const query = `query ($type: String!) { thing { name } type: __type(name: $type) { name ...Kind } __typename
      __schema { queryType { name } } } fragment Kind on __Type { kind }`;
    const { data } = await one.run(query, { type: "Thing" });
    expect(data).toEqual({
      thing: { name: "t" },
      type: { name: "Thing", kind: "OBJECT" },
      __typename: "Query",
      __schema: { queryType: { name: "Query" } },
    });
    expect(one.asked.map((each) => each.query)).toEqual(["{thing{name}}"]);
  });

  test("full introspection equals that of graphql-js and fetches nothing", async () => {
    const { data } = await one.run(getIntrospectionQuery());
    expect(data).toEqual(JSON.parse(JSON.stringify(graphqlSync({ schema, source: getIntrospectionQuery() }).data)));
    expect(introspectionFromSchema(schema).__schema.types.map((each) => each.name)).not.toContain("Secret");
    expect(one.asked).toEqual([]);
  });

  test("introspection returns the types of a variable's default", async () => {
    const query = 'query ($t: String! = "Other") { __type(name: $t) { name } }';
    expect((await one.run(query)).data).toEqual({ __type: { name: "Other" } });
    expect((await one.run(query, { t: "Any" })).data).toEqual({ __type: { name: "Any" } });
  });
});
