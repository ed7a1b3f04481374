import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gatewayWorld, type World } from "./kit/gateway-world.ts";

let world: World;
let lines: Record<string, unknown>[];
beforeAll(async () => {
  lines = [];
  const log = pino({ level: "info" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  world = await gatewayWorld({ BODY_LIMIT_BYTES: "1000" }, log);
});
afterAll(() => world.close());

const JSON_BODY = { "content-type": "application/json" };
const post = (body: string, headers: Record<string, string> = {}) => ({
  method: "POST",
  body,
  headers: { ...JSON_BODY, ...headers },
});
const QUERY = '{"query":"{ whoAmI }"}';

const REFUSED: [string, number, RequestInit][] = [
  ["a body that is no JSON", 400, post("{")],
  ["a batch", 400, post(`[${QUERY}]`)],
  ["a token that is none", 401, post(QUERY, { authorization: "Bearer nonsense" })],
  ["a page of another site", 403, post(QUERY, { origin: "https://elsewhere.example" })],
  [
    "a document that nobody has sent",
    200,
    post('{"documentId":"sha256:0000000000000000000000000000000000000000000000000000000000000000"}'),
  ],
  ["another method", 405, { method: "PUT", body: QUERY, headers: JSON_BODY }],
  ["an answer that nobody can write", 406, post(QUERY, { accept: "image/png" })],
  ["a body that is too large", 413, post(`{"query":"{ whoAmI }${" ".repeat(1_000)}"}`)],
  ["a compressed body", 415, post(QUERY, { "content-encoding": "gzip" })],
  ["another type of body", 415, post(QUERY, { "content-type": "text/plain" })],
];

describe("the id of a request", () => {
  test.each(REFUSED)(
    "the request id is in the refusal of %s (%i), in its header and in its log line",
    async (_, status, request) => {
      const response = await fetch(`${world.url}/graphql`, request);
      const { errors } = (await response.json()) as { errors: { extensions: { requestId: string; code: string } }[] };
      const requestId = response.headers.get("x-request-id");
      expect(response.status).toBe(status);
      expect(errors[0]?.extensions.requestId).toBe(requestId);
      expect(lines.filter((line) => line.requestId === requestId)).toMatchObject([
        { outcome: errors[0]?.extensions.code },
      ]);
    },
  );

  test.each([
    ["a faulty operation", "{ nothing }", 1],
    [
      "each hole of a partial answer",
      '{ a: citizen(personalId: "1") { fullName } b: citizen(personalId: "2") { fullName } }',
      2,
    ],
    ["a masked fault", "{ broken }", 1],
  ])("the request id is in the error of %s", async (_, query, count) => {
    world.residence.behaviour = "fails";
    const { errors, headers } = await world.ask(query);
    world.residence.behaviour = "answers";
    const requestId = headers.get("x-request-id");
    expect(errors.map((error) => error.extensions.requestId)).toEqual(Array(count).fill(requestId));
  });

  test.each(["/nothing", "/dev/nothing", "/dev/token?persona=nobody"])(
    "the request id is in the error of a mutation or query that %s",
    async (path) => {
      const response = await fetch(world.url + path);
      const { error } = (await response.json()) as { error: { requestId: string } };
      expect(error.requestId).toBe(response.headers.get("x-request-id"));
    },
  );

  test("the request id is in the refusal of a caller over its rate limit (429)", async () => {
    const busy = await gatewayWorld({ RATE_LIMIT_ADDRESS: "1" });
    await busy.ask("{ whoAmI }");
    const { errors, headers, status } = await busy.ask("{ whoAmI }");
    expect(status).toBe(429);
    expect(errors[0]?.extensions).toMatchObject({ code: "RATE_LIMITED", requestId: headers.get("x-request-id") });
    await busy.close();
  });
});
