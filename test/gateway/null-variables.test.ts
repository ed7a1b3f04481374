import { buildSchema, graphqlSync } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ForeignGateway, foreignGateway } from "./kit/foreign-gateway.ts";
import { federation } from "./kit/in-process-federation.ts";
import { requestPaths } from "./kit/request-paths.ts";

const SDL = `type Query { x: Int real(f: Float, fs: [Float!]): Float list(first: Int! = 5): Int nested(in: In): Int strict(first: Int! = 5): Int! o: O os: [O!] }
  type O { x: Int list(first: Int! = 5): Int }
  input In { f: Float n: Int! = 3 ns: [Int!] inner: In }`;
const list = ({ first }: { first: number }) => first;
const o = { x: 1, list };
const rootValue = { x: 1, list, nested: () => 1, strict: list, o, os: [o, o] };
const resolved = (_: unknown, args: { first: number }) => list(args);
const resolvers = {
  Query: { x: () => 1, list: resolved, nested: () => 1, strict: resolved, o: () => ({}), os: () => [{}, {}] },
  O: { x: () => 1, list: resolved },
};
const schema = buildSchema(SDL);

describe.each(requestPaths)("%s", (_, pathEnvironment) => {
  let gateway: ForeignGateway;
  beforeAll(async () => {
    gateway = await foreignGateway({ a: { sdl: SDL, resolvers } }, pathEnvironment);
  });
  afterAll(() => gateway.close());

  test.each([
    "{ real(f: 1e999) }",
    "{ real(f: -1.5e999) }",
    `{ real(f: ${"9".repeat(400)}) }`,
    "{ real(fs: [1, [1e999]]) }",
    "{ real(fs: [1e999]) }",
    "query ($f: Float = 1e999) { real(f: $f) }",
    "{ nested(in: {f: 1e999}) }",
  ])("a literal of Float that no double can hold is the caller's fault: %s", async (query) => {
    gateway.lines.length = 0;
    const { errors } = await gateway.ask(query);
    expect(errors[0]?.extensions.code).toBe("BAD_USER_INPUT");
    expect(gateway.lines.filter(({ level }) => level >= 50)).toEqual([]);
  });

  test.each<[string, Record<string, unknown>]>([
    ["query ($n: Int) { list(first: $n) x }", { n: null }],
    ["query ($n: Int) { list(first: $n) x }", {}],
    ["query ($n: Int = 3) { list(first: $n) x }", { n: null }],
    ["query ($n: Int = 3) { list(first: $n) x }", {}],
    ["query ($n: Int) { a: list(first: $n) b: list(first: 2) x }", { n: null }],
    ["query ($n: Int) { strict(first: $n) x }", { n: null }],
    ["query ($n: Int) { o { list(first: $n) x } }", { n: null }],
    ["query ($n: Int) { os { ...F } o { ...F } } fragment F on O { y: list(first: $n) x }", { n: null }],
    ["query ($n: Int, $s: Boolean!) { list(first: $n) @skip(if: $s) x }", { n: null, s: true }],
    ["query ($n: Int = 1) { nested(in: {ns: [$n]}) x }", { n: null }],
    ["query ($n: Int) { nested(in: {inner: {n: $n}}) x }", { n: null }],
    ["query ($i: Boolean = true) { x list @include(if: $i) }", { i: null }],
    ["query ($i: Boolean = true) { x list @skip(if: $i) }", { i: null }],
    ["query ($i: Boolean = true) { x ...F @include(if: $i) } fragment F on Query { list }", { i: null }],
    ["query ($i: Boolean = true) { x ... @include(if: $i) { list } }", {}],
    [
      "query ($i: Boolean = true, $j: Boolean = false) { x ... @include(if: $j) { list @include(if: $i) } }",
      { i: null },
    ],
    ["query ($i: Boolean = true) { x o { x list @include(if: $i) } }", { i: null }],
    ["query ($i: Boolean = true) { x o { ...F } } fragment F on O { x @skip(if: $i) }", { i: null }],
    ["query ($i: Boolean = true) { x __schema { queryType @include(if: $i) { name } } }", { i: null }],
  ])("%s with %j is answered as by graphql-js, and logs no fault", async (query, variables) => {
    const expected = graphqlSync({ schema, source: query, rootValue, variableValues: variables });
    gateway.lines.length = 0;
    const { data, errors } = await gateway.ask(query, variables);
    expect(data).toEqual(JSON.parse(JSON.stringify(expected.data)));
    expect(errors.map(({ path }) => path?.join("."))).toEqual(
      (expected.errors ?? []).map(({ path }) => path?.join(".")),
    );
    for (const { extensions } of errors) expect(extensions.code).toBe("BAD_USER_INPUT");
    expect(gateway.lines.filter(({ level }) => level >= 40)).toEqual([]);
  });

  test("a field whose argument is null by a variable is not asked of its subgraph", async () => {
    gateway.asked.length = 0;
    await gateway.ask("query ($n: Int) { list(first: $n) }", { n: null });
    expect(gateway.asked).toEqual([]);
  });
});

test("the name of an introspected type may not be null by a variable", async () => {
  const { run } = federation({ a: { sdl: SDL, resolvers } });
  const { data, errors } = await run('query ($n: String = "O") { x __type(name: $n) { name } }', { n: null });
  expect(data).toEqual({ x: 1, __type: null });
  expect(errors).toMatchObject([{ path: ["__type"], extensions: { code: "BAD_USER_INPUT" } }]);
});
