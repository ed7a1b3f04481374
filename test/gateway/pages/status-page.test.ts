import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aBirthRequest, submit } from "../../given.ts";
import { shortBackoff } from "../../kit/dossier-outcomes.ts";
import { buildWorld, clerk, type World } from "../../world.ts";
import { gatewayWorld } from "../kit/gateway-world.ts";

const BACKLOG = "{ outboxBacklog { agency { code } waiting failing oldestSince } }";
const desk = { ...shortBackoff["one-stop"], PUBLIC_STATUS: "on" };

let world: World;
beforeAll(async () => {
  world = await buildWorld({ ...shortBackoff, "one-stop": desk });
});
afterAll(() => world?.close());

async function statusPage(of: { url: string } = world): Promise<{ status: number; text: string }> {
  const response = await fetch(`${of.url}/status?lang=en`, { headers: { accept: "text/html" } });
  return { status: response.status, text: await response.text() };
}

describe("the status page", () => {
  test("the status page tells anybody that all agencies answer, that nothing waits, and the versions", async () => {
    const { status, text } = await statusPage();
    expect(status).toBe(200);
    expect(text).toContain("All agencies answer.");
    expect(text.match(/Steps that wait for delivery: none/g)).toHaveLength(6);
    expect(text.match(/Version \d+\.\d+\.\d+/g)).toHaveLength(7); // six agencies and the gateway
  });

  test("the status page names an agency that does not answer, since when, and what waits for it", async () => {
    await world.ask(clerk, '{ citizen(personalId: "093195000017") { residency { relationToHead } } }');
    await world.agencies.disconnect("residence");
    await submit(world, aBirthRequest(), { waitMs: 500 });
    await world.ask(clerk, '{ citizen(personalId: "093195000017") { residency { relationToHead } } }');
    await expect.poll(async () => (await statusPage()).text).toMatch(/<strong>1<\/strong>, the last delivery of 1/);
    // what the agencies said is shown for a second
    await expect.poll(async () => (await statusPage()).text).toContain("1 of the agencies do not answer.");
    expect((await statusPage()).text).toMatch(/The gateway has seen it not answer since <time/);
    const { data } = await world.ask(null, BACKLOG);
    expect(data.outboxBacklog).toEqual([
      { agency: { code: "RESIDENCE" }, waiting: 1, failing: 1, oldestSince: expect.stringMatching(/\+07:00$/) },
    ]);
    await world.agencies.reconnect("residence");
    await expect.poll(async () => (await statusPage()).text).toContain("All agencies answer.");
  });

  test("the status page hides what waits where the desk shows it to signed-in callers only", async () => {
    const closed = await buildWorld();
    expect((await statusPage(closed)).text).toContain("shown to signed-in callers only");
    expect((await closed.ask(null, BACKLOG)).errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
    expect((await closed.ask({ persona: "administrator" }, BACKLOG)).data).toEqual({ outboxBacklog: [] });
    await closed.close();
  });

  test("the status page does not exist where it is off, nor in a graph without our desk", async () => {
    const off = await buildWorld({}, { STATUS_PAGE: "off" });
    expect((await statusPage(off)).status).toBe(404);
    await off.close();
    const foreign = await gatewayWorld();
    expect((await statusPage(foreign)).status).toBe(404);
    await foreign.close();
  });
});
