import { Writable } from "node:stream";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gatewayWorld, type World } from "./kit/gateway-world.ts";
import { requestPaths } from "./kit/request-paths.ts";

const SECRET = "Nguyễn Thị Bí Mật";
const NUMBER = "012345678901";

describe.each(requestPaths)("a protocol error repeats no value of the request: %s", (_, pathEnvironment) => {
  let world: World;
  let written = "";
  const log = pino(
    { level: "trace" },
    new Writable({
      write(chunk, _encoding, done) {
        written += chunk;
        done();
      },
    }),
  );
  beforeAll(async () => {
    world = await gatewayWorld(pathEnvironment, log);
  });
  afterAll(() => world.close());

  /** Sends an operation by its name. */
  async function sendNamed(query: string, operationName: string | undefined) {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ query, operationName });
    const response = await fetch(`${world.url}/graphql`, { method: "POST", headers, body });
    return JSON.stringify(await response.json());
  }

  test.each<[string, string, string | undefined]>([
    ["of a person", "query A { whoAmI }", SECRET],
    ["of a number", "query A { whoAmI }", NUMBER],
    ["that contains a number", "query A { whoAmI }", `of_${NUMBER}`],
    ["with a line end", "query A { whoAmI }", 'A\n{"level":60,"msg":"Nguyen"}'],
    ["of any length", "query A { whoAmI }", `Nguyen ${"x".repeat(10_000)}`],
    ["that stands in a string", 'query { procedures(first: "query Nguyen") }', undefined],
    ["that stands in a block string", '{ procedures(first: """ " query Nguyen """) }', undefined],
    ["that stands in a comment", "{ procedures(first: true) } # query Nguyen", undefined],
    ["that stands in a string without end", `{ procedures(first: "query Nguyen ${"x".repeat(3_000)}") }`, undefined],
  ])("a name of an operation %s is repeated neither to the client nor in the log", async (_, query, operationName) => {
    written = "";
    const answer = await sendNamed(query, operationName);
    expect(answer).toContain('"errors"');
    for (const text of [answer, written]) expect(text).not.toMatch(/Nguy|Bí|012345678901|x{81}/);
  });

  /** Sends a variable as JSON text, which is too deep for JSON.stringify. */
  async function sendVariable(json: string) {
    const body = `{"query": "query ($n: Int) { procedures(first: $n) }", "variables": {"n": ${json}}}`;
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${world.url}/graphql`, { method: "POST", headers, body });
    const { errors } = (await response.json()) as { errors: { extensions: object }[] };
    return { status: response.status, extensions: errors[0]?.extensions };
  }

  test.each<[string, string, object?]>([
    ["a string for a number", `{ procedures(first: "${SECRET} ${NUMBER}") }`],
    ["a block string for a number", `{ procedures(first: """${SECRET} ${NUMBER}""") }`],
    ["a list of literals", `{ procedures(first: ["${SECRET}", "${NUMBER}"]) }`],
    ["an object", `{ procedures(first: { name: "${SECRET}", number: ${NUMBER} }) }`],
    ["a number that is too large", `{ procedures(first: ${NUMBER}) }`],
    ["a string where a name belongs", `{ "${SECRET} ${NUMBER}" }`],
    ["a string after an operation", `{ whoAmI } "${SECRET}" "${NUMBER}"`],
    ["a default value", `query ($n: Int = "${SECRET} ${NUMBER}") { procedures(first: $n) }`],
    ["a variable of another type", "query ($n: Int) { procedures(first: $n) }", { n: `${SECRET} ${NUMBER}` }],
    ["a text without quotes", `{ procedures(first: Nguyễn) }`],
    ["a text of several words without quotes", `{ procedures(first: Anh Nguyen) }`],
    ["a text where a document belongs", `${SECRET} ${NUMBER}`],
    ["a variable with an object", "query ($n: Int) { procedures(first: $n) }", { n: { [SECRET]: NUMBER } }],
  ])("a protocol error repeats no value of the request: %s", async (_, query, variables) => {
    written = "";
    const result = await world.ask(query, variables);
    expect(result.errors).not.toEqual([]);
    expect(result.errors[0]?.extensions.code).toBe("BAD_USER_INPUT");
    for (const text of [JSON.stringify(result), written]) {
      expect(text).not.toMatch(/Nguy/);
      expect(text).not.toContain("Bí Mật");
      expect(text).not.toContain(NUMBER);
    }
  });

  test.each<[string, string, string, number]>([
    ["5,000 lists", "[", "]", 5_000],
    ["3,000 objects", '{"a":', "}", 3_000],
    ["101 lists", "[", "]", 101],
  ])("a variable of %s in one another is refused, and no fault is logged", async (_, open, close, levels) => {
    written = "";
    expect(await sendVariable(`${open.repeat(levels)}1${close.repeat(levels)}`)).toMatchObject({
      status: 400,
      extensions: { code: "BAD_USER_INPUT", limit: { name: "nesting", allowed: 100, asked: 101 } },
    });
    expect(written).not.toMatch(/"level":[56]0/);
  });

  test.each([200, 2_000, 4_900])(
    "a literal of %i lists in one another is refused, and no fault is logged",
    async (levels) => {
      written = "";
      const { status, errors } = await world.ask(`{ procedures(first: ${"[".repeat(levels)}1${"]".repeat(levels)}) }`);
      expect([status, errors[0]?.extensions.code]).toEqual([200, "BAD_USER_INPUT"]);
      expect(written).not.toMatch(/"level":[56]0/);
    },
  );
});
