import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSchema, getIntrospectionQuery, graphqlSync } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gatewayConfiguration } from "../../gateway/configuration.ts";
import { openOperations } from "../../gateway/pipeline/operations.ts";
import { executePrepared } from "../../gateway/pipeline/request.ts";
import { type RunningGateway, serveGateway } from "../../gateway/server.ts";
import { fromUtf8 } from "../../gateway/utf8.ts";
import { composed } from "./kit/gateway-world.ts";
import { federation } from "./kit/in-process-federation.ts";
import { versionOf } from "./kit/planning-in-thread.ts";
import { requestPaths } from "./kit/request-paths.ts";
import { aScope } from "./kit/scripted-subgraph.ts";

const INPUT = "input In { j: JSON = {x: [1, 2]} n: Long = 1 inner: Inner = {} }";
const SDL = `scalar JSON scalar Long ${INPUT} input Inner { k: [JSON] = [{a: 1}, 2, "s", null] n: [Long] = [1] }
  directive @note(value: JSON = {a: {b: []}}) on FIELD
  type Query { search(filter: In, j: JSON = [{}], whole: In = {n: 3}): String }`;
const DEFAULTS = `{ search __type(name: "In") { inputFields { name defaultValue } }
  s: __schema { queryType { fields { args { defaultValue } } } directives { name args { defaultValue } } } }`;

describe("a default value", () => {
  const graph = federation({ a: { sdl: SDL, resolvers: { Query: { search: () => "found" } } } });

  test("a default value that is an object of a custom scalar is introspected as its literal, beside data", async () => {
    const { data, errors } = await graph.run(DEFAULTS);
    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      search: "found",
      __type: {
        inputFields: [
          { name: "j", defaultValue: "{x: [1, 2]}" },
          { name: "n", defaultValue: "1" },
          { name: "inner", defaultValue: "{}" },
        ],
      },
      s: {
        queryType: {
          fields: [{ args: [{ defaultValue: null }, { defaultValue: "[{}]" }, { defaultValue: "{n: 3}" }] }],
        },
        directives: expect.arrayContaining([{ name: "note", args: [{ defaultValue: "{a: {b: []}}" }] }]),
      },
    });
  });

  test("a default value that graphql-js can print is introspected as graphql-js prints it", async () => {
    const sdl = `scalar Any enum E { A B }
      input In { e: E = A es: [E] = [A, B] one: [E] = A s: String = """block "x" """ f: Float = 1e3 id: ID = 12 name: ID = "x" n: Int = null
        b: Boolean = true any: Any = "x" inner: Inner = {i: 2} }
      input Inner { i: Int = 4 j: Int = 5 } type Query { search(filter: In = {e: B}): String }`;
    const { run } = federation({ a: { sdl } });
    const query = '{ __type(name: "In") { inputFields { name defaultValue } } }';
    const expected = graphqlSync({ schema: buildSchema(sdl), source: query }).data;
    expect((await run(query)).text).toBe(JSON.stringify(expected));
  });

  test.each(["9007199254740993", "123456789012345678901234567890", "1.10", "-0"])(
    "a default value (%s) keeps its digits in introspection and in the variables of subgraphs",
    async (number) => {
      const sent: string[] = [];
      const sends = ({ variables }: { variables: string }) => {
        sent.push(variables);
        return '{"data":{"search":"found"}}';
      };
      const { run } = federation({ a: { sdl: SDL, sends } }, (supergraph) =>
        supergraph.replace("n: Long = 1", `n: Long = ${number}`).replace("n: [Long] = [1]", `n: [Long] = [${number}]`),
      );
      const { data } = await run('{ __type(name: "In") { inputFields { name defaultValue } } }');
      expect(data).toMatchObject({ __type: { inputFields: [{}, { name: "n", defaultValue: number }, {}] } });
      await run("query ($f: In) { search(filter: $f) }", { f: {} });
      const inner = `{"k":[{"a":1},2,"s",null],"n":[${number}]}`;
      expect(sent).toEqual([`{"f":{"j":{"x":[1,2]},"n":${number},"inner":${inner}}}`]);
    },
  );
});

describe("introspection", () => {
  test("an exception in one introspection field costs that field alone", async () => {
    const { supergraph } = federation({ a: { sdl: SDL } });
    const version = versionOf(supergraph, { subgraphs: new Map() });
    Object.defineProperty(version.schema.getType("In"), "description", {
      get: () => {
        throw new Error("secret inside");
      },
    });
    const operations = openOperations(version);
    const query = '{ __typename t: __type(name: "In") { name description } }';
    const { data, errors } = await executePrepared(operations.prepare(query, undefined), undefined, aScope());
    expect(data && fromUtf8(data)).toBe('{"__typename":"Query","t":{"name":"In","description":null}}');
    expect(errors).toMatchObject([{ path: ["t", "description"], extensions: { code: "INTERNAL" } }]);
  });
});

describe.each(requestPaths)("%s", (_, pathEnvironment) => {
  let gateway: RunningGateway;
  const directory = mkdtempSync(join(tmpdir(), "motcua-defaults-"));
  beforeAll(async () => {
    const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"]) ${SDL}`;
    const supergraph = composed([{ name: "a", sdl, url: "http://127.0.0.1:1/graphql" }]);
    const path = join(directory, "supergraph.graphql");
    writeFileSync(path, supergraph.replace("n: Long = 1", "n: Long = 9007199254740993"));
    const environment = { ...pathEnvironment, SUPERGRAPH: path, PORT: "0", LOG_LEVEL: "silent", PLAYGROUND: "off" };
    gateway = await serveGateway(gatewayConfiguration(environment));
  });
  afterAll(async () => {
    await gateway.close();
    rmSync(directory, { recursive: true });
  });

  test("a gateway starts with default values that are objects, and introspects them with their digits", async () => {
    const search = new URLSearchParams({ query: getIntrospectionQuery() });
    const response = await fetch(`http://127.0.0.1:${gateway.port}/graphql?${search}`);
    const { data, errors } = (await response.json()) as { data: Parameters<typeof inputFields>[0]; errors?: unknown };
    expect(errors).toBeUndefined();
    expect(inputFields(data).slice(0, 2)).toMatchObject([
      { name: "j", defaultValue: "{x: [1, 2]}" },
      { name: "n", defaultValue: "9007199254740993" },
    ]);
  });
});

type InputField = { name: string; defaultValue: string | null };

function inputFields({ __schema: { types } }: { __schema: { types: { name: string; inputFields: InputField[] }[] } }) {
  return types.find(({ name }) => name === "In")?.inputFields ?? [];
}
