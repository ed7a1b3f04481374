import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ForeignGateway, foreignGateway } from "./kit/foreign-gateway.ts";
import { federation } from "./kit/in-process-federation.ts";
import { requestPaths } from "./kit/request-paths.ts";

const SDL = `scalar JSON directive @note(value: JSON) on FIELD | QUERY
  type Query { echo(j: JSON, in: [In!], l: [[Int]]): String big: JSON x: Int }
  input In { l: [In] e: E id: ID j: JSON i: Int = 4 } enum E { A B }`;
const echo = (_: unknown, args: object) => JSON.stringify(args);
const resolvers = { Query: { echo, x: () => 1 } };
const nested = (levels: number, open: string, inner: string, close: string) =>
  open.repeat(levels) + inner + close.repeat(levels);

/** The planner's time doubles with each list in a list: a hundred of them would take longer than the universe exists. */
describe("lists in lists of a literal", () => {
  const { run, asked } = federation({ a: { sdl: SDL, resolvers } });

  test.each<[string, string, unknown]>([
    ["a custom scalar", `{ echo(j: ${nested(90, "[", "1", "]")}) }`, { j: JSON.parse(nested(90, "[", "1", "]")) }],
    [
      "objects and lists",
      `{ echo(j: ${nested(45, "[{a: ", "E", "}]")}) }`,
      { j: JSON.parse(nested(45, '[{"a":', '"E"', "}]")) },
    ],
    ["a list of lists", "{ echo(l: [[1, 2], [3]]) }", { l: [[1, 2], [3]] }],
  ])("lists in lists of a literal are planned at once in %s", async (_, query, expected) => {
    const { data, errors } = await run(query);
    expect(errors).toEqual([]);
    expect(JSON.parse((data as { echo: string }).echo)).toEqual(expected);
  });

  test("lists in lists of a literal are planned at once in the default value of a variable", async () => {
    const value = nested(90, "[", "1", "]");
    const { data, errors } = await run(`query ($j: JSON = ${value}) { echo(j: $j) }`);
    expect(errors).toEqual([]);
    expect(data).toEqual({ echo: `{"j":${value}}` });
  });

  test("lists in lists of a literal are planned at once in input objects, with the client's variables inside", async () => {
    const query = `query ($e: E = B, $j: JSON) { echo(in: ${nested(40, "[{l: ", "[{e: A, id: 12}, {e: $e, j: $j}]", "}]")}) }`;
    const { data, errors } = await run(query, { j: { k: 1 } });
    expect(errors).toEqual([]);
    const { echo } = data as { echo: string };
    expect(echo).toContain('"e":"A","id":"12"');
    expect(echo).toContain('"e":"B","j":{"k":1}');
  });

  test("lists in lists of a literal are planned at once in the arguments of executable directives", async () => {
    const value = nested(90, "[", "1", "]");
    const { errors } = await run(`query @note(value: ${value}) { echo @note(value: ${value}) }`);
    expect(errors).toEqual([]);
    expect(asked[0]?.query).toMatch(/^query\(.*\)@note\(value:\$\w+\)\{echo__1:echo@note\(value:\$\w+\)\}$/);
    expect(Object.values(asked[0]?.variables ?? {})).toEqual([JSON.parse(value), JSON.parse(value)]);
  });
});

describe.each(requestPaths)("%s", (_, pathEnvironment) => {
  let gateway: ForeignGateway;
  const sends = (query: string) =>
    query.includes("big") ? `{"data":{"x":1,"big":${nested(50_000, "[", "1", "]")}}}` : undefined;
  beforeAll(async () => {
    gateway = await foreignGateway({ a: { sdl: SDL, resolvers, sends } }, pathEnvironment);
  });
  afterAll(() => gateway.close());

  test("a literal of ninety lists in one another is answered or refused at once", async () => {
    const { status, data, errors } = await gateway.ask(`{ x: echo(j: ${nested(90, "[", "1", "]")}) }`);
    expect(status).toBe(200);
    if (errors.length === 0) expect(data).toBeDefined();
    else expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
  });

  test("a value of a subgraph that nests too deeply costs its own field", async () => {
    const { status, data, errors } = await gateway.ask("{ x big }");
    expect(status).toBe(200);
    expect(errors).toMatchObject([{ extensions: { code: "INTERNAL" } }]);
    if (Object.keys(pathEnvironment).length === 0) expect(data).toEqual({ x: 1, big: null });
  });
});
