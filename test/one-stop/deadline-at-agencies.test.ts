import { describe, expect, test } from "vitest";
import { DEADLINE_HEADER } from "../../subgraphs/_shared/identity/call-headers.ts";
import { IDENTITY_HEADER, signIdentity } from "../../subgraphs/_shared/identity/identity.ts";
import type { SubgraphName } from "../../subgraphs/agency-registry.ts";
import { aBirthRequest } from "../given.ts";
import { caller } from "../kit/ask-agency.ts";
import { contract, sharedWorld } from "../world.ts";

const world = sharedWorld();
const clerk = caller("clerk", { office: "31471", province: "92" });

/** Asks an agency as the gateway does, and says how long it may take. */
async function askWithin(name: SubgraphName, deadlineMs: number, query: string, variables: object = {}) {
  const { keys, agencies } = world.current;
  const body = JSON.stringify({ query, variables });
  const to = { audience: name, issuer: "test", body, caller: clerk, now: Date.now() };
  const response = await fetch(`http://127.0.0.1:${agencies.ports[name]}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      [IDENTITY_HEADER]: signIdentity(keys(name), to),
      [DEADLINE_HEADER]: String(deadlineMs),
    },
    body,
    signal: AbortSignal.timeout(20_000),
  });
  return { status: response.status, ...((await response.json()) as { data?: unknown; errors?: unknown[] }) };
}

describe("an agency that is told how long an answer is waited for", () => {
  test("an agency refuses a request whose deadline is over and does nothing", async () => {
    world.current.demo.setFaultMode("RESIDENCE", "SLOW");
    const late = await askWithin("residence", 200, "{ __typename }");
    const inTime = await askWithin("residence", 10_000, "{ __typename }");
    world.current.demo.setFaultMode("RESIDENCE", "UP");
    expect(late).toMatchObject({ status: 504, errors: [{ extensions: { code: "UNAVAILABLE" } }] });
    expect(inTime).toMatchObject({ status: 200, data: { __typename: "Query" } });
  });

  test("an agency responds to a submission before its deadline, even if waitMs is longer", async () => {
    await world.current.agencies.disconnect("health-insurance");
    const variables = { input: aBirthRequest(), idempotencyKey: "in-time", waitMs: 30_000 };
    const { data } = await askWithin("one-stop", 2_500, contract("submit-birth-bundle"), variables);
    await world.current.agencies.reconnect("health-insurance");
    expect(data).toMatchObject({ submitBirthBundle: { dossier: { code: expect.any(String) } } });
  });
});
