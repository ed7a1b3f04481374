import { createServer } from "node:http";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gatewayConfiguration } from "../../gateway/configuration.ts";
import { serveGateway } from "../../gateway/server.ts";
import { closeServer, listen } from "../../subgraphs/_shared/serving/http.ts";
import { smallAgencies } from "./kit/four-sample-subgraphs.ts";
import { composed, gatewayWorld, type World } from "./kit/gateway-world.ts";

const PERSONAL_NUMBER = "093195000017";
const lines: string[] = [];

let world: World;
beforeAll(async () => {
  world = await gatewayWorld({}, pino({ level: "debug" }, { write: (line) => lines.push(line) }));
});
afterAll(() => world.close());

describe("the log", () => {
  test("the log has one line per request with caller, operation, duration and outcome", async () => {
    lines.length = 0;
    const authorization = `Bearer ${await world.token("clerk")}`;
    const headers = { authorization, "x-request-id": "request-0001" };
    await world.ask("query Who { whoAmI }", {}, headers);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { requestId: "request-0001", operation: "Who", role: "clerk", ms: expect.any(Number), outcome: "ok" },
    ]);
  });

  test("the log never contains a personal number, a name or a token, whatever fails", async () => {
    lines.length = 0;
    world.residence.behaviour = "fails";
    const query = `query Of_${PERSONAL_NUMBER}($personalId: PersonalId!) { citizen(personalId: $personalId) { fullName } broken }`;
    await world.ask(query, { personalId: PERSONAL_NUMBER });
    await world.ask(`{ citizen(personalId: "${PERSONAL_NUMBER}") { household { members { fullName } } } nonsense }`);
    await world.ask("{ whoAmI }", {}, { authorization: `Bearer ${PERSONAL_NUMBER}` });
    world.residence.behaviour = "answers";
    const text = lines.join("");
    expect(text).toContain('"outcome":"UNAUTHENTICATED"');
    expect(text).toContain('"operation":"Of_#"');
    expect(text).not.toMatch(/093195000017|Name of/);
  });
});

test("a disconnected client aborts its queries: the connections to agencies are closed", async () => {
  world.oneStop.behaviour = "stalls";
  const { attempts, cutOff } = world.oneStop;
  const client = new AbortController();
  const url = `${world.url}/graphql?query={whoAmI}`;
  const asked = fetch(url, { signal: client.signal }).then(
    () => "answered",
    () => "gone",
  );
  await until(() => world.oneStop.attempts > attempts);
  client.abort();
  await until(() => world.oneStop.cutOff > cutOff);
  world.oneStop.behaviour = "answers";
  expect(await asked).toBe("gone");
  expect((await world.ask("{ whoAmI }")).data).toEqual({ whoAmI: "anonymous" });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe("a gateway that is told to stop", () => {
  test("a stopping gateway completes the requests in flight and then accepts no more", async () => {
    const other = await gatewayWorld({ QUERY_TIMEOUT_MS: "1000" });
    await other.ask("{ whoAmI }"); // planned: the time goes to the agency then
    other.oneStop.behaviour = "stalls";
    const { attempts } = other.oneStop;
    const answer = other.ask("{ whoAmI }");
    await until(() => other.oneStop.attempts > attempts);
    await other.close();
    const isAnswered = await Promise.race([answer, new Promise((resolve) => setImmediate(resolve))]);
    expect(isAnswered).toBeDefined();
    expect((await answer).errors[0]?.extensions).toMatchObject({ code: "UNAVAILABLE" });
    await expect(other.ask("{ whoAmI }")).rejects.toThrow();
  });
});

test("a supergraph is fetched from an http address once at the start", async () => {
  const agencies = await smallAgencies();
  const text = composed(Object.values(agencies));
  const registry = createServer((_, response) => response.end(text));
  const SUPERGRAPH = `http://127.0.0.1:${await listen(registry, 0)}/supergraph`;
  const environment = {
    SUPERGRAPH,
    PORT: "0",
    LOG_LEVEL: "silent",
    PLAYGROUND: "off",
    MOTCUA_DATA: world.demoDirectory,
  };
  const gateway = await serveGateway(gatewayConfiguration(environment));
  await closeServer(registry, 0);
  const response = await fetch(`http://127.0.0.1:${gateway.port}/graphql?query={__typename}`);
  expect(await response.json()).toEqual({ data: { __typename: "Query" } });
  await gateway.close();
  await Promise.all(Object.values(agencies).map((each) => each.close()));
});
