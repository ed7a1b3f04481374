import { beforeAll, describe, expect, it } from "vitest";
import { aBirthRequest, aFamily, dossierThatIs } from "../../given.ts";
import { caller, citizen } from "../../kit/ask-agency.ts";
import { acknowledged, type DossierData, shortBackoff } from "../../kit/dossier-outcomes.ts";
import { storedHistory } from "../../kit/stored-history.ts";
import { listenAtDesk } from "../../kit/subscribe-at-agency.ts";
import { listen } from "../../kit/subscription-clients.ts";
import { type Answer, clerk, contract, type Persona, sharedWorld } from "../../world.ts";

const world = sharedWorld(shortBackoff);
const portal: Persona = { persona: "portal" };
const family = aFamily();
let code: string;

beforeAll(async () => {
  code = await completed(aBirthRequest(family));
});

/** A new dossier of a birth, when it is completed. */
async function completed(request = aBirthRequest()): Promise<string> {
  const dossier = await acknowledged(world.current, request);
  await dossierThatIs(world.current, dossier.code, ({ state }) => state === "COMPLETED");
  return dossier.code;
}

function page(who: Persona, since: string | null, first: number): Promise<Answer> {
  return world.current.ask(who, contract("dossier-changes"), { since, first });
}

/** All changes from a cursor to the end of the stream, with the cursor there. */
async function changes(who: Persona, since: string | null = null, first = 200) {
  const nodes: DossierData[] = [];
  for (let from = since; ; ) {
    const { data, errors } = await page(who, from, first);
    if (errors) throw new Error(JSON.stringify(errors));
    nodes.push(...data.dossierChanges.nodes);
    from = data.dossierChanges.pageInfo.endCursor as string;
    if (!data.dossierChanges.pageInfo.hasNextPage) return { nodes, end: from };
  }
}
const desk = caller("clerk", { office: "31471", province: "92" });
const FOLLOW = `subscription ($filter: DossierChangeFilter, $after: ID) {
  dossiersChanged(filter: $filter, after: $after) { id cursor dossier { code state } part { id state } } }`;

/** A completed dossier with the ids of its history. */
async function recorded(): Promise<{ code: string; ids: string[] }> {
  const code = await completed();
  return { code, ids: (await storedHistory(world.current, code)).map(({ id }) => String(id)) };
}

const of = (wanted: string, nodes: DossierData[]) => nodes.filter(({ dossier }) => dossier.code === wanted);

describe("the changes of dossiers", () => {
  it("a portal that reads in pages of any size sees the history of a dossier once, with the values right after each change", async () => {
    const stored = await storedHistory(world.current, code);
    const { nodes: whole } = await changes(portal);
    const { nodes: inPieces } = await changes(portal, null, 3);
    expect(inPieces).toEqual(whole);
    const own = of(code, whole);
    expect(own.map(({ note, at }) => [note, Date.parse(at)])).toEqual(stored.map(({ note, at }) => [note, +at]));
    expect(own[0]).toMatchObject({ dossier: { state: "RECEIVED", nationalStatus: 2 }, part: null });
    expect(own.at(-1)).toMatchObject({ dossier: { state: "COMPLETED", nationalStatus: 9 } });
    const { data } = await world.current.ask(clerk, contract("dossier"), { code });
    for (const part of data.dossier.parts) {
      const states = own.filter((each) => each.part?.id === part.id).map((each) => each.part.state);
      expect(states.at(-1)).toBe(part.state);
    }
  });

  it("a reader goes on from any change and from the end of the stream, and misses nothing", async () => {
    const { nodes, end } = await changes(portal);
    for (const place of [0, 1, 5, nodes.length - 2, nodes.length - 1])
      expect((await changes(portal, nodes[place]?.cursor)).nodes).toEqual(nodes.slice(place + 1));
    expect((await changes(portal, end)).nodes).toEqual([]);
    const later = await completed();
    const { nodes: since } = await changes(portal, end);
    expect(of(later, since)).toEqual(since);
    expect(since).toHaveLength((await storedHistory(world.current, later)).length);
  });

  it.each<[string, Persona, boolean]>([
    ["the clerk of the office", clerk, true],
    ["the leader of the office", { persona: "leader" }, true],
    ["an officer whose agency it reached", { persona: "insurer" }, true],
    ["the mother", citizen(family.mother.personalId), true],
    ["a clerk of another office", { persona: "clerk", commune: "31135" }, false],
    ["the portal of another province", { persona: "portal", commune: "00004" }, false],
    ["an officer whom it did not reach", { persona: "land-officer" }, false],
    ["another citizen", citizen(aFamily().mother.personalId), false],
  ])("the changes of a dossier follow its rights: %s", async (_, who, mayRead) => {
    const { nodes } = await changes(who);
    expect(of(code, nodes).length > 0).toBe(mayRead);
  });

  it.each<[string, object, boolean]>([
    ["its office", { office: "31471" }, true],
    ["another office", { office: "31135" }, false],
    ["its province", { province: "92" }, true],
    ["another province", { province: "01" }, false],
    ["its combination", { procedure: "3.000722" }, true],
    ["another procedure", { procedure: "1.001193" }, false],
  ])("the changes are filtered by %s", async (_, filter, isLeft) => {
    const query =
      "query ($f: DossierChangeFilter) { dossierChanges(first: 200, filter: $f) { nodes { dossier { code } } } }";
    const { data } = await world.current.ask(portal, query, { f: filter });
    expect(of(code, data.dossierChanges.nodes).length > 0).toBe(isLeft);
  });

  it.each([
    ["since", { since: "nothing", first: 10 }],
    ["since", { since: Buffer.from("[1,64]").toString("base64url"), first: 10 }],
    ["first", { since: null, first: 0 }],
    ["first", { since: null, first: 201 }],
  ])("a wrong %s of dossierChanges is refused by its name: %o", async (argument, variables) => {
    const { data, errors } = await world.current.ask(portal, contract("dossier-changes"), variables);
    expect(data).toEqual({ dossierChanges: null });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", argument } }]);
  });

  it("the changes are recorded as readings of the applicants", async () => {
    const sql = world.current.sql("one-stop");
    const readings = async () =>
      Number(
        (
          await sql`
        select count(*) as n from access_log
         where 'Query.dossierChanges' = any(fields) or 'ChangedDossier.state' = any(fields)`
        )[0]?.n,
      );
    const before = await readings();
    await changes(portal);
    expect(await readings()).toBeGreaterThan(before);
  });
});

describe("the followed changes of many dossiers", () => {
  it("the changes of two dossiers come as they happen, each once, over connections that break", async () => {
    const after = (await changes(portal)).end;
    const seen: { id: string; code: string }[] = [];
    let last: string | undefined;
    const [one, two] = await Promise.all([recorded(), recorded()]);
    const all = [...one.ids, ...two.ids];
    while (seen.length < all.length) {
      for await (const { id, answer } of listenAtDesk(world.current, desk, FOLLOW, { after }, last)) {
        const { id: entry, cursor, dossier } = answer.data.dossiersChanged;
        expect(id).toBe(cursor);
        last = id;
        seen.push({ id: entry, code: dossier.code });
        if (seen.length % 8 === 0 || seen.length === all.length) break; // the client goes
      }
    }
    expect(seen.map(({ id }) => Number(id))).toEqual(all.map(Number).sort((a, b) => a - b));
    for (const { code, ids } of [one, two])
      expect(seen.filter((each) => each.code === code).map(({ id }) => id)).toEqual(ids);
  });

  it("a reader that waits at the end of the stream is woken by a change", async () => {
    const filter = { office: "31471", province: "92", procedure: "3.000722" };
    const own = listenAtDesk(world.current, desk, FOLLOW, { filter, after: (await changes(portal)).end });
    const first = own.next();
    const { code, ids } = await recorded();
    const { value } = await first;
    expect(value?.answer.data.dossiersChanged).toMatchObject({ id: ids[0], dossier: { code, state: "RECEIVED" } });
    await own.return(undefined);
  });

  it("through the gateway, the changes continue when the desk is restarted, unnoticed by the client", async () => {
    const after = (await changes(portal)).end;
    const { code, ids } = await recorded();
    const seen: string[] = [];
    const options = { variables: { after }, token: await world.current.token("clerk") };
    for await (const { answer } of listen(world.current.url, FOLLOW, options)) {
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
    ["with a wrong cursor", desk, { after: "nothing" }, { code: "BAD_USER_INPUT", argument: "after" }],
    [
      "with a cursor of another stream",
      desk,
      { after: Buffer.from(JSON.stringify([2 ** 50, 0])).toString("base64url") },
      { code: "BAD_USER_INPUT", reason: "CURSOR_EXPIRED" },
    ],
  ])("the changes are refused to a caller %s and end", async (_, by, variables, extensions) => {
    const said = [];
    for await (const each of listenAtDesk(world.current, by, FOLLOW, variables)) said.push(each);
    expect(said.map(({ event }) => event)).toEqual(["next", "complete"]);
    expect(said[0]?.answer.errors).toMatchObject([{ extensions }]);
  });
});

describe("an expired cursor", () => {
  it("an expired cursor, and one of another stream, are refused with the way to go on: a snapshot, and a cursor of now", async () => {
    const { nodes, end } = await changes(portal);
    const sql = world.current.sql("one-stop");
    const beyond = Buffer.from(JSON.stringify([2 ** 50, 63])).toString("base64url");
    const refused = [(await page(portal, beyond, 10)).errors];
    await sql`insert into change_days (day, settled) select current_date - 91, settled from change_stream`;
    refused.push((await page(portal, nodes[0]?.cursor, 10)).errors);
    for (const errors of refused)
      expect(errors).toMatchObject([
        { extensions: { reason: "CURSOR_EXPIRED", argument: "since", snapshot: "dossiers", resumeFrom: end } },
      ]);
    expect((await changes(portal, end)).nodes).toEqual([]);
    expect((await changes(portal)).nodes).toEqual([]); // from the oldest change that is kept
    const later = await completed();
    expect(of(later, (await changes(portal, end)).nodes)).toHaveLength(
      (await storedHistory(world.current, later)).length,
    );
    await sql`delete from change_days where day < current_date`;
  });

  it("after a restore from a backup, cursors that were given out since are refused, also when their numbers are used again; earlier ones go on", async () => {
    const sql = world.current.sql("one-stop");
    const { end: before } = await changes(portal);
    const [backup] = await sql`
      select settled, pg_sequence_last_value(pg_get_serial_sequence('history', 'id')::regclass) as last from change_stream`;
    const lost = await completed();
    const given = await changes(portal, before);
    await restoreHistory(Number(backup?.settled), Number(backup?.last));
    const [again, further] = [await completed(), await completed()];
    for (const cursor of [given.nodes[0]?.cursor, given.nodes.at(-1)?.cursor, given.end]) {
      const { data, errors } = await page(portal, cursor, 10);
      expect(data).toEqual({ dossierChanges: null });
      expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", reason: "CURSOR_EXPIRED" } }]);
    }
    const { nodes, end } = await changes(portal, before);
    expect(of(lost, nodes)).toEqual([]);
    for (const code of [again, further])
      expect(of(code, nodes)).toHaveLength((await storedHistory(world.current, code)).length);
    const { errors } = await page(portal, given.end, 10);
    expect(errors).toMatchObject([{ extensions: { resumeFrom: end } }]);
  });
});

/** Takes the stream back to an earlier moment, like a restore of that moment's backup. */
async function restoreHistory(settled: number, last: number): Promise<void> {
  const sql = world.current.sql("one-stop");
  await sql`alter table history disable trigger user`;
  await sql`delete from history where id > ${last}`;
  await sql`alter table history enable trigger user`;
  await sql`select setval(pg_get_serial_sequence('history', 'id'), ${last})`;
  await sql`update change_stream set settled = ${settled}`;
  await sql`update change_consumers set row = ${settled} where row > ${settled}`;
}
