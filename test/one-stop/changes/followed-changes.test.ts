import { describe, expect, it } from "vitest";
import { aBirthRequest, dossierThatIs } from "../../given.ts";
import { caller } from "../../kit/ask-agency.ts";
import { acknowledged, shortBackoff } from "../../kit/dossier-outcomes.ts";
import { storedHistory } from "../../kit/stored-history.ts";
import { listenAtDesk } from "../../kit/subscribe-at-agency.ts";
import { listen } from "../../kit/subscription-clients.ts";
import { contract, sharedWorld } from "../../world.ts";

const world = sharedWorld(shortBackoff);
const clerk = caller("clerk", { office: "31471", province: "92" });
const QUERY = `subscription ($filter: DossierChangeFilter, $after: ID) {
  dossiersChanged(filter: $filter, after: $after) { id cursor dossier { code state } part { id state } } }`;

/** Cursor of the end of the stream. */
async function end(): Promise<string> {
  for (let since: string | null = null; ; ) {
    const { data } = await world.current.ask({ persona: "portal" }, contract("dossier-changes"), { since, first: 200 });
    since = data.dossierChanges.pageInfo.endCursor as string;
    if (!data.dossierChanges.pageInfo.hasNextPage) return since;
  }
}

async function completed(): Promise<{ code: string; ids: string[] }> {
  const { code } = await acknowledged(world.current, aBirthRequest());
  await dossierThatIs(world.current, code, ({ state }) => state === "COMPLETED");
  return { code, ids: (await storedHistory(world.current, code)).map(({ id }) => String(id)) };
}

describe("the followed changes of many dossiers", () => {
  it("the changes of two dossiers come as they happen, each once, over connections that break", async () => {
    const after = await end();
    const seen: { id: string; code: string }[] = [];
    let last: string | undefined;
    const [one, two] = await Promise.all([completed(), completed()]);
    const all = [...one.ids, ...two.ids];
    while (seen.length < all.length) {
      for await (const { id, answer } of listenAtDesk(world.current, clerk, QUERY, { after }, last)) {
        const { id: entry, cursor, dossier } = answer.data.dossiersChanged;
        expect(id).toBe(cursor);
        last = id;
        seen.push({ id: entry, code: dossier.code });
        if (seen.length % 3 === 0 || seen.length === all.length) break; // the client goes
      }
    }
    expect(seen.map(({ id }) => Number(id))).toEqual(all.map(Number).sort((a, b) => a - b));
    for (const { code, ids } of [one, two])
      expect(seen.filter((each) => each.code === code).map(({ id }) => id)).toEqual(ids);
  });

  it("a reader that waits at the end of the stream is woken by a change", async () => {
    const filter = { office: "31471", province: "92", procedure: "3.000722" };
    const own = listenAtDesk(world.current, clerk, QUERY, { filter, after: await end() });
    const first = own.next();
    const { code, ids } = await completed();
    const { value } = await first;
    expect(value?.answer.data.dossiersChanged).toMatchObject({ id: ids[0], dossier: { code, state: "RECEIVED" } });
    await own.return(undefined);
  });

  it("through the gateway, the changes continue when the desk is restarted, unnoticed by the client", async () => {
    const after = await end();
    const { code, ids } = await completed();
    const seen: string[] = [];
    const options = { variables: { after }, token: await world.current.token("clerk") };
    for await (const { answer } of listen(world.current.url, QUERY, options)) {
      expect(answer.errors).toBeUndefined();
      if (answer.data.dossiersChanged.dossier.code === code) seen.push(answer.data.dossiersChanged.id);
      if (seen.length === ids.length) break;
      if (seen.length !== 2) continue;
      await world.current.agencies.disconnect("one-stop");
      await world.current.agencies.reconnect("one-stop");
    }
    expect(seen).toEqual(ids);
  });

  it.each([
    ["without the permission", caller("clerk", { office: "31471", permissions: [] }), {}, { code: "FORBIDDEN" }],
    ["of nobody", caller("anonymous"), {}, { code: "UNAUTHENTICATED" }],
    ["with a wrong cursor", clerk, { after: "nothing" }, { code: "BAD_USER_INPUT", argument: "after" }],
    [
      "with a cursor of another stream",
      clerk,
      { after: Buffer.from(JSON.stringify([2 ** 50, 0])).toString("base64url") },
      { code: "BAD_USER_INPUT", reason: "CURSOR_EXPIRED" },
    ],
  ])("the changes are refused to a caller %s and end", async (_, by, variables, extensions) => {
    const said = [];
    for await (const each of listenAtDesk(world.current, by, QUERY, variables)) said.push(each);
    expect(said.map(({ event }) => event)).toEqual(["next", "complete"]);
    expect(said[0]?.answer.errors).toMatchObject([{ extensions }]);
  });
});
