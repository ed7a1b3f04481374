import { afterEach, describe, expect, it } from "vitest";
import { aBirthRequest, dossierThatIs } from "../given.ts";
import { acknowledged, shortBackoff } from "../kit/dossier-outcomes.ts";
import { storedHistory } from "../kit/stored-history.ts";
import { graphqlSse, listen, type ReceivedEvent } from "../kit/subscription-clients.ts";
import { clerk, sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const QUERY = `subscription ($code: ID!, $after: ID) { dossierChanged(code: $code, after: $after) {
  code state parts { state result { ... on BirthRegistration { number } ... on HealthInsuranceCard { number } } } } }`;

afterEach(async () => {
  for (const name of ["health-insurance", "civil-status"] as const)
    await world.current.agencies.reconnect(name).catch(() => {});
});

async function idsOf(code: string): Promise<string[]> {
  return (await storedHistory(world.current, code)).map(({ id }) => String(id));
}

/** A dossier whose card waits for an agency that is off. */
async function waiting(): Promise<string> {
  await world.current.agencies.disconnect("health-insurance");
  return (await acknowledged(world.current, aBirthRequest(), { waitMs: 500 })).code;
}

const isLast = async (code: string, { id }: ReceivedEvent) => id === (await idsOf(code)).at(-1);
const token = () => world.current.token("clerk");

describe("a live dossier", () => {
  it("a dossier subscription is completed across the agencies at each of its events", async () => {
    const code = await waiting();
    const client = await graphqlSse(world.current, { persona: "clerk" });
    const states: string[] = [];
    for await (const { data, errors, extensions } of client.iterate({ query: QUERY, variables: { code } })) {
      const { state, parts } = (data as { dossierChanged: { state: string; parts: { result: unknown }[] } })
        .dossierChanged;
      if (states.push(state) === 1) {
        expect(parts[0]?.result).toMatchObject({ number: expect.stringMatching(/^\d+\/2026$/) });
        expect(errors).toBeUndefined();
        expect(extensions).toMatchObject({ eventId: expect.any(String), agencies: { ONE_STOP: { state: "LIVE" } } });
        await world.current.agencies.reconnect("health-insurance");
      }
      if (state !== "COMPLETED" || (extensions as { eventId?: string }).eventId !== (await idsOf(code)).at(-1))
        continue;
      expect(parts[2]?.result).toMatchObject({ number: expect.any(String) });
      break;
    }
    expect(states[0]).toBe("IN_PROGRESS");
    client.dispose();
  });

  it("a dossier subscription over a broken connection delivers each history entry once and in order", async () => {
    const code = await waiting();
    const heard: ReceivedEvent[] = [];
    const options = async () => ({ variables: { code }, token: await token(), lastEventId: heard.at(-1)?.id });
    for await (const each of listen(world.current.url, QUERY, await options())) {
      heard.push(each);
      break; // the client goes
    }
    await world.current.agencies.reconnect("health-insurance");
    await dossierThatIs(world.current, code, ({ state }) => state === "COMPLETED");
    while (!(await isLast(code, heard.at(-1) as ReceivedEvent))) {
      for await (const each of listen(world.current.url, QUERY, await options())) {
        heard.push(each);
        if (heard.length % 2 === 0 || (await isLast(code, each))) break; // and goes again
      }
    }
    const all = await idsOf(code);
    expect(heard.map(({ id }) => id)).toEqual(all.slice(all.indexOf(heard[0]?.id ?? "")));
    expect(heard.length).toBeGreaterThan(2);
  });

  it("a dossier subscription continues by itself when the desk is restarted, unnoticed by the client", async () => {
    const code = await waiting();
    const heard: ReceivedEvent[] = [];
    for await (const each of listen(world.current.url, QUERY, { variables: { code }, token: await token() })) {
      heard.push(each);
      if (heard.length === 1) {
        await world.current.agencies.disconnect("one-stop");
        await world.current.agencies.reconnect("one-stop");
        await world.current.agencies.reconnect("health-insurance");
      }
      if (await isLast(code, each)) if (each.answer.data.dossierChanged.state === "COMPLETED") break;
    }
    const all = await idsOf(code);
    expect(heard.map(({ id }) => id)).toEqual(all.slice(all.indexOf(heard[0]?.id ?? "")));
  });

  it("a dossier subscription reports an agency that is down like a query and continues", async () => {
    const code = await waiting();
    await world.current.agencies.disconnect("civil-status");
    let n = 0;
    for await (const { answer } of listen(world.current.url, QUERY, { variables: { code }, token: await token() })) {
      if (n++ === 0) {
        expect(answer.data.dossierChanged.state).toBe("IN_PROGRESS");
        expect(answer.errors).toMatchObject([{ extensions: { code: "UNAVAILABLE", agency: "CIVIL_STATUS" } }]);
        expect(answer.extensions.agencies.CIVIL_STATUS.state).toBe("UNAVAILABLE");
        await world.current.agencies.reconnect("civil-status");
        await world.current.agencies.reconnect("health-insurance");
      }
      if (answer.data.dossierChanged.state === "COMPLETED" && !answer.errors) break;
    }
    expect(n).toBeGreaterThan(1);
  });

  it.each([
    ["of another office", { persona: "clerk", commune: "00004" } as const, "NOT_FOUND"],
    ["of nobody", null, "UNAUTHENTICATED"],
  ])("a dossier subscription of a caller %s is refused with an error and completed", async (_, who, code) => {
    const dossier = await acknowledged(world.current, aBirthRequest());
    const bearer = who ? await world.current.token(who.persona, who.commune) : undefined;
    const heard: ReceivedEvent[] = [];
    for await (const each of listen(world.current.url, QUERY, { variables: { code: dossier.code }, token: bearer }))
      heard.push(each);
    expect(heard.map(({ event }) => event)).toEqual(["next", "complete"]);
    expect(heard[0]?.answer.errors).toMatchObject([{ path: ["dossierChanged"], extensions: { code } }]);
  });

  it("a dossier subscription is UNAVAILABLE and completed where the desk is down", async () => {
    const { code } = await acknowledged(world.current, aBirthRequest());
    await world.current.agencies.disconnect("one-stop");
    const heard: ReceivedEvent[] = [];
    for await (const each of listen(world.current.url, QUERY, { variables: { code }, token: await token() }))
      heard.push(each);
    await world.current.agencies.reconnect("one-stop");
    expect(heard[0]?.answer).toMatchObject({
      data: { dossierChanged: null },
      errors: [{ path: ["dossierChanged"], extensions: { code: "UNAVAILABLE", agency: "ONE_STOP" } }],
    });
    expect(heard.map(({ event }) => event)).toEqual(["next", "complete"]);
  });

  it("a dossier subscription is refused to a client that does not accept an event stream", async () => {
    const { errors } = await world.current.ask(clerk, QUERY, { code: "x" });
    expect(errors?.[0]?.message).toContain("text/event-stream");
  });
});
