import { describe, expect, test } from "vitest";
import {
  ExactNumber,
  losesDigits,
  parseExactly,
  parseWithExactNumbers,
  stringifyExactly,
} from "../../gateway/json-numbers.ts";
import { federation } from "./kit/in-process-federation.ts";

const NUMBERS = [
  "1234567890123456789",
  "-9007199254740993",
  "0.1000000000000000055",
  "100.0000000000000000001",
  "1e400",
  "-0",
  "12.50",
  "1.0",
  "1E2",
  "1e-400",
  "0.00000001",
  "123456789012345678e-3",
];

/** Subgraphs whose responses are JSON texts, so that nothing rounds their numbers. */
function graphOf(responses: Record<string, (call: { query: string; variables: string }) => string>) {
  return federation({
    posts: {
      sdl: `scalar Long scalar JSON
        type Query { total: Long any: JSON same(n: Long, j: JSON, l: [Long], i: In, id: ID): Long post: Post posts: [Post] rate: Float count: Int }
        input In { n: Long = 1 id: ID }
        type Post @key(fields: "id") { id: Long! size: Long }`,
      ...(responses.posts && { sends: responses.posts }),
    },
    likes: {
      sdl: `scalar Long
        type Post @key(fields: "id") { id: Long! likes: Long size: Long @external share: Long @requires(fields: "size") }`,
      ...(responses.likes && { sends: responses.likes }),
    },
  });
}

describe("a number of a subgraph", () => {
  test.each(NUMBERS)(
    "(%s) reaches the client with its digits in a custom scalar, in objects and lists too",
    async (n) => {
      const { run } = graphOf({ posts: () => `{"data":{"total":${n},"any":{"a":[${n},"x"]}}}` });
      expect((await run("{ total any }")).text).toBe(`{"total":${n},"any":{"a":[${n},"x"]}}`);
    },
  );

  test("a number of a subgraph keeps its digits beside escaped and Vietnamese text", async () => {
    const { run } = graphOf({
      posts: () => '{"data":{"any":{"t":"Nguy\\u1ec5n Ánh \\"1e400\\"","n":1234567890123456789}}}',
    });
    expect((await run("{ any }")).text).toBe('{"any":{"t":"Nguyễn Ánh \\"1e400\\"","n":1234567890123456789}}');
  });

  test("a number of a subgraph keeps its digits as an ID, and is a double as a Float", async () => {
    const one = federation({
      one: {
        sdl: "type Query { id: ID rate: Float count: Int }",
        sends: () => '{"data":{"id":1234567890123456789,"rate":0.1000000000000000055,"count":1.0}}',
      },
    });
    expect((await one.run("{ id rate count }")).text).toBe('{"id":"1234567890123456789","rate":0.1,"count":1}');
  });

  test("a number of a subgraph keeps its digits in an error's extensions", async () => {
    const { run } = graphOf({
      posts: () =>
        '{"data":null,"errors":[{"message":"no","extensions":{"code":"CONFLICT","limit":9007199254740993}}]}',
    });
    const { errors } = await run("{ total }");
    expect(stringifyExactly(errors[0]?.extensions)).toContain('"limit":9007199254740993');
  });
});

describe("neighbouring keys beyond 2^53", () => {
  test("neighbouring keys beyond 2^53 stay two entities with their own data, and @requires values keep their digits", async () => {
    const sent: string[] = [];
    const { run } = graphOf({
      posts: () =>
        '{"data":{"posts":[{"__typename":"Post","id":9007199254740992,"size":9007199254740995},{"__typename":"Post","id":9007199254740993,"size":1}]}}',
      likes: ({ variables }) => {
        sent.push(variables);
        return '{"data":{"_entities":[{"likes":9007199254740997,"share":1},{"likes":2,"share":2}]}}';
      },
    });
    const { text } = await run("{ posts { id likes share } }");
    expect(text).toBe(
      '{"posts":[{"id":9007199254740992,"likes":9007199254740997,"share":1},{"id":9007199254740993,"likes":2,"share":2}]}',
    );
    expect(sent[0]).toContain('"id":9007199254740992');
    expect(sent[0]).toContain('"id":9007199254740993');
    expect(sent[0]).toContain('"size":9007199254740995');
  });
});

describe("a number of a client", () => {
  async function variablesSent(query: string, variables = "{}") {
    let sent = "";
    let asked = "";
    const { run } = graphOf({
      posts: (call) => {
        sent = call.variables;
        asked = call.query;
        const [name = "same"] = /same__\d+/.exec(call.query) ?? [];
        return `{"data":{"${name}":1}}`;
      },
    });
    const { errors } = await run(query, parseExactly(variables) as Record<string, unknown>);
    expect(errors).toEqual([]);
    return asked + sent;
  }

  test.each(NUMBERS)("(%s) reaches the subgraph with its digits as a variable", async (n) => {
    const sent = await variablesSent(
      "query ($n: Long, $j: JSON, $l: [Long]) { same(n: $n, j: $j, l: $l) }",
      `{"n":${n},"j":{"a":[${n}]},"l":[1,${n}]}`,
    );
    expect(sent).toContain(`"n":${n}`);
    expect(sent).toContain(`"j":{"a":[${n}]}`);
    expect(sent).toContain(`"l":[1,${n}]`);
  });

  test.each(NUMBERS)("(%s) reaches the subgraph with its digits as a literal", async (n) => {
    const sent = await variablesSent(
      `query ($exact_1: JSON) { same(n: ${n}, j: {a: [${n}, $exact_1]}, l: ${n}, i: {n: ${n}}) }`,
      '{"exact_1":true}',
    );
    expect(sent.split(n)).toHaveLength(5);
    expect(sent).toContain(`{"a":[${n},true]}`);
  });

  test("a number of a client reaches the subgraph with its digits as the default value of a variable", async () => {
    expect(
      await variablesSent("query ($n: Long = 9007199254740993, $i: In = {n: 9007199254740993}) { same(n: $n, i: $i) }"),
    ).toContain('"n":9007199254740993');
  });

  test.each(NUMBERS)("(%s) reaches the subgraph with its digits inside the default value of a variable", async (n) => {
    const { run, asked } = graphOf({
      posts: ({ variables }) => `{"data":{"same__1":${/"l":\[(.*?),/.exec(variables)?.[1]}}}`,
    });
    const query = `query ($j: JSON = {a: [${n}, {b: ${n}}]}, $l: [Long] = [${n}, 2], $i: In = {n: ${n}}) { same(j: $j, l: $l, i: $i) }`;
    const { text, errors } = await run(query);
    expect([text, errors]).toEqual([`{"same":${n}}`, []]);
    expect(asked[0]?.query).not.toContain(n);
    const given = await run(query, { j: 1, l: [3, 4], i: null });
    expect([given.text, asked[0]?.variables]).toEqual(['{"same":3}', { j: 1, l: [3, 4], i: null }]);
  });

  test("a number of a client reaches the subgraph with its digits as an ID", async () => {
    expect(await variablesSent("{ same(id: 9007199254740993) }")).toContain("id:9007199254740993");
    expect(
      await variablesSent(
        "query ($i: In, $id: ID) { same(id: $id, i: $i) }",
        '{"id":9007199254740993,"i":{"id":9007199254740995}}',
      ),
    ).toMatch(/"id":"9007199254740993".*"id":"9007199254740995"|"id":"9007199254740995".*"id":"9007199254740993"/);
  });
});

test.each(["12.50", "1e2", "7"])("an integer in another form beside %s is an ID and an Int", async (n) => {
  const sdl = "scalar Long type Query { long: Long id: ID count: Int echo(id: ID, n: Int): Int }";
  const one = federation({ one: { sdl, sends: () => `{"data":{"long":${n},"id":1e2,"count":3.0}}` } });
  for (let time = 0; time < 3; time++) {
    expect((await one.run("{ long id count }")).text).toBe(`{"long":${n},"id":"100","count":3}`);
  }
  await one.run(
    "query ($id: ID, $n: Int) { echo(id: $id, n: $n) }",
    parseExactly('{"id":1e2,"n":3.0}') as Record<string, unknown>,
  );
  expect(one.asked[0]?.variables).toEqual({ id: "100", n: 3 });
});

describe("exact numbers in JSON", () => {
  test.each(['{"a":1,"b":[12.5,"1e400"],"c":-1}', '{"t":"-0 9007199254740993"}', '{"a":1,"t":"12.50"}'])(
    "exact numbers in JSON are not needed for %s",
    (json) => {
      expect(losesDigits([JSON.parse(json)], json)).toBe(false);
    },
  );

  test("exact numbers in JSON are read at any depth and under any name", () => {
    const deep = `${"[".repeat(100_000)}1e400${"]".repeat(100_000)}`;
    let value = parseExactly(deep);
    while (Array.isArray(value)) [value] = value;
    expect(value).toEqual(new ExactNumber("1e400"));
    const named = '{"__proto__":9007199254740993,"a":{"__proto__":{"b":-0}},"c":[]}';
    expect(stringifyExactly(parseExactly(named))).toBe(named);
    expect(stringifyExactly(parseExactly("1e400"))).toBe("1e400");
  });

  test("exact numbers in JSON cannot be forged by a text", () => {
    const [placeholder] = (JSON.stringify(parseWithExactNumbers("1e400")) as string).split("1e400");
    const forged = { a: `${placeholder?.slice(1)}1},"b":true`, b: `${placeholder?.slice(1)}` };
    expect(JSON.parse(stringifyExactly(forged) ?? "")).toEqual(forged);
  });
});
