import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gatewayConfiguration } from "../../gateway/configuration.ts";
import { serveGateway } from "../../gateway/server.ts";
import { gatewayWorld, type World } from "./kit/gateway-world.ts";

const PERSON = "093195000017";
const TWO_AGENCIES = `query TwoAgencies($id: PersonalId!) { citizen(personalId: $id) { birth { number } } }`;
const ASKED = { "x-motcua-plan": "1" };

type Plan = { plan: string[]; fetches: { subgraph: string; outcome: string; beganAtMs: number; ms: number }[] };
const planOf = (answer: object) => (answer as { extensions?: { plan?: Plan } }).extensions?.plan;

describe.each([
  ["the gateway's own executor", {}],
  ["Apollo Server's pipeline", { GATEWAY_PATH: "apollo" }],
  ["@apollo/gateway", { GATEWAY_EXECUTOR: "apollo" }],
])("with %s", (_, environment) => {
  let world: World;
  const lines: string[] = [];
  beforeAll(async () => {
    const log = pino({ level: "info" }, { write: (line: string) => void lines.push(line) });
    world = await gatewayWorld(environment, log);
  });
  afterAll(() => world.close());

  test("a developer who requests the plan receives it with the duration of each fetch", async () => {
    const plan = planOf(await world.ask(TWO_AGENCIES, { id: PERSON }, ASKED));
    expect(plan?.plan.join("\n")).toMatch(/^QueryPlan \{\n {2}Sequence \{\n {4}Fetch\(service: "one-stop"\)/);
    expect(plan?.fetches.map(({ subgraph, outcome }) => [subgraph, outcome])).toEqual([
      ["one-stop", "ok"],
      ["civil-status", "ok"],
    ]);
  });

  test("a response without the plan header has no plan and is otherwise the same", async () => {
    const plain = await world.ask(TWO_AGENCIES, { id: PERSON });
    const shown = await world.ask(TWO_AGENCIES, { id: PERSON }, ASKED);
    expect(planOf(plain)).toBeUndefined();
    expect(shown.data).toEqual(plain.data);
    expect(planOf(await world.ask("{ nothing }", {}, ASKED))).toBeUndefined();
  });

  test("a plan and introspection can be requested together", async () => {
    const answer = await world.ask("{ __schema { queryType { name } } }", {}, ASKED);
    expect(answer.data).toEqual({ __schema: { queryType: { name: "Query" } } });
    expect(planOf(answer)?.fetches).toEqual([]);
  });

  test("each request leaves one log line with caller, operation, duration and outcome, and nothing personal", async () => {
    lines.length = 0;
    const authorization = `Bearer ${await world.token("clerk")}`;
    await world.ask(TWO_AGENCIES, { id: PERSON }, { authorization, "x-request-id": "line-of-a-clerk" });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      requestId: "line-of-a-clerk",
      operation: "TwoAgencies",
      role: "clerk",
      ms: expect.any(Number),
      outcome: "ok",
      fetches: 2,
      cost: expect.any(Number),
    });
    expect(lines[0]).not.toContain(PERSON);
  });
});

test("outside demo mode no response has a plan", async () => {
  const gateway = await serveGateway(gatewayConfiguration({ PORT: "0", LOG_LEVEL: "silent", PLAYGROUND: "off" }));
  const answer = await fetch(`http://127.0.0.1:${gateway.port}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...ASKED },
    body: '{"query":"{ __typename }"}',
  });
  expect(await answer.json()).toEqual({ data: { __typename: "Query" } });
  await gateway.close();
});
