import { describe, expect, it } from "vitest";
import { aBirthRequest, dossierThatIs } from "../given.ts";
import { caller } from "../kit/ask-agency.ts";
import { acknowledged, shortBackoff } from "../kit/dossier-outcomes.ts";
import { storedHistory } from "../kit/stored-history.ts";
import { listenAtDesk } from "../kit/subscribe-at-agency.ts";
import { sharedWorld } from "../world.ts";

const world = sharedWorld(shortBackoff);
const clerk = caller("clerk", { office: "31471", province: "92" });
const QUERY = "subscription ($code: ID!, $after: ID) { dossierChanged(code: $code, after: $after) { code state } }";

async function idsOf(code: string): Promise<string[]> {
  return (await storedHistory(world.current, code)).map(({ id }) => String(id));
}

describe("the desk's events of a dossier", () => {
  it("the desk's events of a dossier begin with its current state and then follow its history entry by entry", async () => {
    await world.current.agencies.disconnect("health-insurance");
    const { code } = await acknowledged(world.current, aBirthRequest(), { waitMs: 500 });
    const events: { id: string | undefined; state: string }[] = [];
    for await (const { id, answer } of listenAtDesk(world.current, clerk, QUERY, { code })) {
      events.push({ id, state: answer.data.dossierChanged.state });
      if (events.length === 1) await world.current.agencies.reconnect("health-insurance");
      if (events.at(-1)?.state === "COMPLETED" && events.at(-1)?.id === (await idsOf(code)).at(-1)) break;
    }
    const all = await idsOf(code);
    const seen = events.map(({ id }) => id);
    expect(events[0]?.state).toBe("IN_PROGRESS");
    expect(seen).toEqual(all.slice(all.indexOf(seen[0] ?? "")));
    expect(seen.length).toBeGreaterThan(1);
  });

  it.each(["header", "argument"])(
    "the desk's events of a dossier continue after the last one received (by %s)",
    async (way) => {
      const { code } = await acknowledged(world.current, aBirthRequest());
      await dossierThatIs(world.current, code, ({ state }) => state === "COMPLETED");
      const all = await idsOf(code);
      const last = all[2];
      const seen: (string | undefined)[] = [];
      const variables = { code, ...(way === "argument" && { after: last }) };
      for await (const { id } of listenAtDesk(
        world.current,
        clerk,
        QUERY,
        variables,
        way === "header" ? last : undefined,
      )) {
        seen.push(id);
        if (seen.length === all.length - 3) break;
      }
      expect(seen).toEqual(all.slice(3));
    },
  );

  it.each([
    ["of another office", caller("clerk", { office: "00004" }), "NOT_FOUND"],
    ["without the permission", caller("clerk", { office: "31471", permissions: [] }), "FORBIDDEN"],
    ["of nobody", caller("anonymous"), "UNAUTHENTICATED"],
  ])("the desk's events of a dossier are refused to a caller %s and end", async (_, by, code) => {
    const dossier = await acknowledged(world.current, aBirthRequest());
    const said = [];
    for await (const each of listenAtDesk(world.current, by, QUERY, { code: dossier.code })) said.push(each);
    expect(said.map(({ event }) => event)).toEqual(["next", "complete"]);
    expect(said[0]?.answer.errors).toMatchObject([{ extensions: { code } }]);
  });

  it("the desk's events of a dossier end when the caller loses the right to it: rights are checked at every event", async () => {
    await world.current.agencies.disconnect("health-insurance");
    const { code } = await acknowledged(world.current, aBirthRequest(), { waitMs: 500 });
    const said = [];
    for await (const each of listenAtDesk(world.current, clerk, QUERY, { code })) {
      said.push(each);
      if (said.length > 1) continue;
      await world.current.sql("one-stop")`
        update dossiers set office = (select min(code) from communes where list = commune_list and code <> office)
         where code = ${code}`;
      await world.current.agencies.reconnect("health-insurance");
    }
    expect(said.at(-2)?.answer.errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
    expect(said.at(-1)?.event).toBe("complete");
  });

  it("each of the desk's events of a dossier is recorded as reading the applicant's data", async () => {
    const { code } = await acknowledged(world.current, aBirthRequest());
    const before = await readings(code);
    for await (const _ of listenAtDesk(world.current, clerk, QUERY, { code })) break;
    expect(await readings(code)).toBe(before + 1);
  });
});

async function readings(code: string): Promise<number> {
  const [row] = await world.current.sql("one-stop")<{ n: string }[]>`
    select count(*) as n from access_log where purpose = ${code} and 'Dossier.state' = any(fields)`;
  return Number(row?.n);
}
