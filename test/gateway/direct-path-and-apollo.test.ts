import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GatewayPlugin } from "../../gateway/apollo/apollo-server.ts";
import { gatewayWorld, type World } from "./kit/gateway-world.ts";
import { requestPaths } from "./kit/request-paths.ts";

const mother = { personalId: "093195000017" };
const CITIZEN = "query Citizen($personalId: PersonalId!) { citizen(personalId: $personalId) { fullName } }";

describe("a standard plugin of Apollo Server", () => {
  let world: World;
  const seen: string[] = [];
  const plugin: GatewayPlugin = {
    requestDidStart: async ({ request }) => ({
      didResolveOperation: async ({ operationName }) => void seen.push(`resolved ${operationName}`),
      didEncounterErrors: async ({ errors }) => void seen.push(`errors ${errors.length}`),
      async willSendResponse({ response }) {
        seen.push(`answered ${request.operationName ?? "?"}`);
        if (response.body.kind === "single") response.body.singleResult.extensions = { plugged: true };
      },
    }),
  };
  beforeAll(async () => {
    world = await gatewayWorld({}, undefined, [plugin]);
  });
  afterAll(() => world.close());

  test("a plugin of Apollo Server sees every request, repeated ones included, and may extend the response", async () => {
    for (const _ of [1, 2, 3]) {
      seen.length = 0;
      const { data, extensions } = await world.ask(CITIZEN, mother);
      expect(data).toEqual({ citizen: { fullName: "Name of (tên của) 017" } });
      expect(extensions).toMatchObject({ plugged: true, agencies: { RESIDENCE: { state: "LIVE" } } });
      expect(seen).toEqual(["resolved Citizen", "answered ?"]);
    }
  });

  test.each([
    ["does not parse", "{"],
    ["is not valid", "{ nothing }"],
    ["nests too deeply", `{ ${"shop { ".repeat(30)} id ${" }".repeat(30)} }`],
    ["fails", "{ forbidden }"],
  ])("a plugin of Apollo Server sees a request that %s", async (_, query) => {
    seen.length = 0;
    expect((await world.ask(query)).errors).not.toEqual([]);
    expect(seen).toEqual(expect.arrayContaining(["errors 1", "answered ?"]));
  });
});

describe("whatever way a request goes", () => {
  let worlds: World[];
  beforeAll(async () => {
    worlds = await Promise.all(requestPaths.map(([, environment]) => gatewayWorld(environment)));
  });
  afterAll(() => Promise.all(worlds.map((each) => each.close())));

  const manyAliases = Array.from({ length: 200 }, (_, index) => `a${index}: whoAmI`).join(" ");

  test.each<[string, string, object?]>([
    ["data", CITIZEN, mother],
    ["data, introspection and type names", "{ whoAmI __typename __schema { queryType { name } } }"],
    ["a mutation", 'mutation Submit { submit(key: "k") { __typename key } }'],
    ["a refusal of an agency", '{ citizen(personalId: "000000000000") { fullName } }'],
    ["a fault of an agency", "{ broken whoAmI }"],
    ["no syntax", "{ whoAmI"],
    ["nothing to be executed", "query A { whoAmI } query B { whoAmI }"],
    ["no such field", "{ whoAm }"],
    ["a wrong variable", "query ($n: Int!) { procedures(first: $n) }", { n: "many" }],
    ["a missing variable", CITIZEN],
    ["a subscription", "subscription { x }"],
    ["too many aliases", `{ ${manyAliases} }`],
    ["too many tokens", `{ ${"whoAmI ".repeat(20_000)} }`],
  ])("a client that sends %s gets the same response on both paths", async (_, query, variables) => {
    const answers = await Promise.all(worlds.map((each) => each.ask(query, variables)));
    const comparable = answers.map(({ status, data, errors, extensions }) => ({
      status,
      data,
      errors: errors.map(({ extensions: { requestId, ...others }, ...error }) => ({ ...error, extensions: others })),
      agencies: Object.keys((extensions?.agencies as object | undefined) ?? {}),
    }));
    const [first, ...others] = comparable;
    for (const other of others) expect(other).toEqual(first);
  });

  test("a GET may not change anything, on either path", async () => {
    const query = encodeURIComponent('mutation { submit(key: "k") { key } }');
    const answers = await Promise.all(worlds.map((each) => fetch(`${each.url}/graphql?query=${query}`)));
    const bodies = (await Promise.all(answers.map((each) => each.json()))) as { errors: { message: string }[] }[];
    expect(new Set(answers.map((each) => each.status))).toEqual(new Set([405]));
    expect(new Set(bodies.map((each) => each.errors[0]?.message)).size).toBe(1);
  });
});
