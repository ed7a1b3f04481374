import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tidyWebhookDeliveries } from "../../../subgraphs/one-stop/webhooks/retention.ts";
import { aBirthRequest, dossierThatIs } from "../../given.ts";
import { acknowledged, type DossierData } from "../../kit/dossier-outcomes.ts";
import { clerk, contract } from "../../world.ts";
import { aPath, portal, webhookWorld } from "./given-webhooks.ts";
import { status, verify } from "./receiver.ts";

const given = webhookWorld();
const BIRTHS = { procedure: "3.000722" };

/** A birth's dossier, when it is completed. */
async function completed(): Promise<string> {
  const dossier = await acknowledged(given.world, aBirthRequest());
  await dossierThatIs(given.world, dossier.code, ({ state }) => state === "COMPLETED");
  return dossier.code;
}

/** The changes of a dossier as `dossierChanges` tells them. */
async function changesOf(code: string): Promise<DossierData[]> {
  const nodes: DossierData[] = [];
  for (let since: string | null = null; ; ) {
    const { data } = await given.world.ask(portal, contract("dossier-changes"), { since, first: 200 });
    const page: DossierData = data.dossierChanges;
    nodes.push(...page.nodes);
    since = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage) return nodes.filter(({ dossier }) => dossier.code === code);
  }
}

const facts = ({ at, cursor, dossier: { code, state, nationalStatus } }: DossierData) => ({
  ...{ time: new Date(at).toISOString(), subject: code, data: { code, state, nationalStatus, cursor } },
});
const eventsOf = (path: string, code: string) =>
  given.receiver.eventsAt(path).filter(({ subject }) => subject === code);

/** Deliveries of a new webhook's first dossier at a receiver that answers as given. */
async function delivered(path: string, isSo: (all: DossierData[]) => boolean) {
  const webhook = await given.created(path, BIRTHS);
  const code = await completed();
  await given.until("the deliveries are so", async () => isSo(await given.deliveries(webhook.id)));
  return { ...webhook, code, all: await given.deliveries(webhook.id) };
}

describe("the deliveries of a webhook", () => {
  it("a receiver gets every change of a dossier once and in order, as a signed CloudEvent with the values of dossierChanges and no personal data", async () => {
    const path = aPath();
    const { secret } = await given.created(path, BIRTHS);
    const code = await completed();
    const changes = await changesOf(code);
    await given.until("all changes came", () => eventsOf(path, code).length >= changes.length);
    const events = eventsOf(path, code);
    expect(events).toMatchObject(changes.map(facts));
    expect(new Set(events.map(({ id }) => id)).size).toBe(changes.length);
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map(({ sequence }) => sequence).sort());
    for (const each of given.receiver.received.filter((one) => one.path === path)) {
      verify(each, secret);
      expect(Object.keys(each.event.data).sort()).toEqual(["code", "cursor", "nationalStatus", "state"]);
    }
  });

  it.each([
    ["its office", { office: "31471" }, true],
    ["another office of the province", { office: "31135" }, false],
    ["its province", { province: "92" }, true],
    ["another procedure", { procedure: "1.001193" }, false],
  ])("a webhook with the filter of %s gets the changes or not", async (_, filter, comes) => {
    const [path, all] = [aPath(), aPath()];
    await given.created(path, filter);
    const whole = await given.created(all);
    const code = await completed();
    const count = (await changesOf(code)).length;
    await given.until("the webhook without a filter has all", () => eventsOf(all, code).length >= count);
    await given.until("nothing is pending", async () => (await given.deliveries(whole.id, "PENDING")).length === 0);
    if (comes) await given.until("they come", () => eventsOf(path, code).length >= count);
    expect(eventsOf(path, code)).toHaveLength(comes ? count : 0);
  });

  it("the changes of another office than the clerk's do not reach the webhook of the office", async () => {
    const [own, other] = [aPath(), aPath()];
    await given.created(own, undefined, clerk);
    const foreign = await given.created(other, undefined, { persona: "clerk", commune: "31135" });
    const code = await completed();
    await given.until(
      "the own office has all",
      async () => eventsOf(own, code).length >= (await changesOf(code)).length,
    );
    expect(await given.deliveries(foreign.id, undefined, { persona: "clerk", commune: "31135" })).toEqual([]);
    expect(eventsOf(other, code)).toEqual([]);
  });

  it("a slow receiver delays no other one", async () => {
    const [slow, fast] = [aPath(), aPath()];
    const held: (() => void)[] = [];
    given.receiver.answer(slow, (_, response) => void held.push(() => response.writeHead(204).end()));
    const behind = await given.created(slow, BIRTHS);
    await given.created(fast, BIRTHS);
    const code = await completed();
    const count = (await changesOf(code)).length;
    await given.until("the fast receiver has all", () => eventsOf(fast, code).length >= count);
    expect(await given.deliveries(behind.id, "DELIVERED")).toEqual([]);
    given.receiver.answer(slow, status(204));
    for (const answer of held) answer();
    await given.until("the slow one has all", async () => {
      await given.hasten(behind.id);
      return new Set(eventsOf(slow, code).map(({ id }) => id)).size >= count;
    });
  });
});

describe("attempts that fail", () => {
  let broken: Server;
  let brokenPort: number;
  beforeAll(async () => {
    broken = createServer((socket) => socket.once("data", () => socket.end("This is not HTTP\r\n\r\n")));
    await new Promise<void>((resolve) => broken.listen(0, "127.0.0.1", resolve));
    const address = broken.address();
    brokenPort = typeof address === "object" && address ? address.port : 0;
  });
  afterAll(() => new Promise<void>((resolve) => void broken.close(() => resolve())));

  const firstAttempt = async (url: string) => {
    const { webhook } = await given.act("createWebhook", { input: { url } });
    await given.act("pingWebhook", { webhook: webhook.id });
    await given.until(
      "an attempt was made",
      async () => (await given.deliveries(webhook.id))[0].lastAttemptAt !== null,
    );
    const [delivery] = await given.deliveries(webhook.id);
    return delivery;
  };

  it("a status, a redirect, silence, a broken connection, garbage and a closed port are told apart", async () => {
    const base = given.receiver.url;
    const [error, moved, silent, dropped, target] = [aPath(), aPath(), aPath(), aPath(), aPath()];
    given.receiver.answer(error, status(500));
    given.receiver.answer(moved, status(307, { location: `${base}${target}` }));
    given.receiver.answer(silent, () => {});
    given.receiver.answer(dropped, (request) => request.socket.destroy());
    const closed = await new Promise<number>((resolve) => {
      const server = createServer().listen(0, "127.0.0.1", () => {
        const address = server.address();
        server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
      });
    });
    const cases: [string, string, number | null][] = [
      [`${base}${error}`, "STATUS", 500],
      [`${base}${moved}`, "REDIRECT", 307],
      [`${base}${silent}`, "TIMEOUT", null],
      [`${base}${dropped}`, "NO_RESPONSE", null],
      [`http://127.0.0.1:${brokenPort}/`, "NO_RESPONSE", null],
      [`http://127.0.0.1:${closed}/`, "NOT_CONNECTED", null],
      [`http://nowhere.invalid/`, "NOT_CONNECTED", null],
    ];
    const found = await Promise.all(cases.map(([url]) => firstAttempt(url)));
    expect(found.map(({ lastFailure, lastStatus }) => [lastFailure, lastStatus])).toEqual(
      cases.map(([, failure, code]) => [failure, code]),
    );
    for (const { state, attempts, nextAttemptAt } of found)
      expect({ state, attempts, next: nextAttemptAt !== null }).toEqual({ state: "PENDING", attempts: 1, next: true });
    expect(given.receiver.eventsAt(target)).toEqual([]);
  });

  it("changes of a dossier wait for the earlier one that fails, and then come in their order", async () => {
    const path = aPath();
    let isDown = true;
    given.receiver.answer(path, (_, response) => void response.writeHead(isDown ? 500 : 204).end());
    const { id, code } = await delivered(path, (all) => all.some(({ attempts }) => attempts > 0));
    const seen = new Set(eventsOf(path, code).map((event) => event.id));
    expect(seen.size).toBe(1);
    isDown = false;
    await given.until("all are delivered", async () => {
      await given.hasten(id);
      return (await given.deliveries(id, "PENDING")).length === 0;
    });
    const events = eventsOf(path, code);
    const order = [...new Set(events.map(({ sequence }) => sequence))];
    expect(order).toEqual([...order].sort());
    expect(order).toHaveLength((await changesOf(code)).length);
  });

  it("Retry-After holds the whole webhook off", async () => {
    const path = aPath();
    given.receiver.answer(path, status(503, { "retry-after": "3600" }));
    const { id } = await delivered(path, (all) => all.some(({ attempts }) => attempts > 0));
    const [row] = await given.world.sql("one-stop")`
      select extract(epoch from not_before - now())::int as seconds from webhooks where id = ${id}`;
    expect(row?.seconds).toBeGreaterThan(3_500);
    const before = given.receiver.eventsAt(path).length;
    await given.hasten(id);
    await completed();
    expect(given.receiver.eventsAt(path)).toHaveLength(before);
  });

  it("410 pauses the webhook; what waited is delivered after it is resumed", async () => {
    const path = aPath();
    given.receiver.answer(path, status(410));
    const { id, code } = await delivered(path, (all) => all.some(({ lastFailure }) => lastFailure === "GONE"));
    const { data } = await given.world.ask(portal, "{ webhooks { id pauseReason pausedAt } }");
    const own = data.webhooks.find((each: DossierData) => each.id === id);
    expect(own).toMatchObject({ pauseReason: "GONE", pausedAt: expect.any(String) });
    expect(await given.deliveries(id, "DELIVERED")).toEqual([]);
    given.receiver.answer(path, status(204));
    await given.act("resumeWebhook", { webhook: id });
    const count = (await changesOf(code)).length;
    await given.until("all are delivered", async () => (await given.deliveries(id, "DELIVERED")).length >= count);
  });

  it("a webhook that has failed for days without a success is paused with that reason; its owner resumes it and nothing is lost", async () => {
    const path = aPath();
    given.receiver.answer(path, status(500));
    const own = async () => {
      const { data } = await given.world.ask(portal, "{ webhooks { id state failures failingSince pauseReason } }");
      return data.webhooks.find((each: DossierData) => each.id === id);
    };
    const { id, code } = await delivered(path, (all) => all.some(({ attempts }) => attempts > 0));
    expect(await own()).toMatchObject({ state: "FAILING", pauseReason: null, failingSince: expect.any(String) });
    await given.world.sql("one-stop")`
      update webhooks set failing_since = now() - interval '4 days 23 hours' where id = ${id}`;
    const { failures } = await own();
    await given.hasten(id);
    await given.until("it fails again", async () => (await own()).failures > failures);
    expect((await own()).state).toBe("FAILING");
    await given.world.sql("one-stop")`
      update webhooks set failing_since = now() - interval '5 days 1 hour' where id = ${id}`;
    await given.hasten(id);
    await given.until("it is paused", async () => (await own()).state === "PAUSED");
    expect((await own()).pauseReason).toBe("FAILING");
    await given.world.sql("one-stop")`
      update webhook_deliveries set state = 'DEAD_LETTER' where id = (
        select id from webhook_deliveries where webhook_id = ${id} order by number limit 1)`;
    given.receiver.answer(path, status(204));
    const { webhook } = await given.act("resumeWebhook", { webhook: id });
    expect(webhook).toMatchObject({ state: "ACTIVE", pauseReason: null, failures: 0, failingSince: null });
    const [dead] = await given.deliveries(id, "DEAD_LETTER");
    await given.act("redeliverWebhook", { delivery: dead?.id });
    const count = (await changesOf(code)).length;
    await given.until("all are delivered", async () => (await given.deliveries(id, "DELIVERED")).length === count);
  });

  it("what waits behind a failed delivery is due again with it, and at once when that is delivered", async () => {
    const path = aPath();
    given.receiver.answer(path, status(500));
    const { id } = await delivered(path, (all) => all.some(({ attempts }) => attempts > 0));
    const sql = given.world.sql("one-stop");
    await given.until("the others are set aside", async () => {
      const due = await sql`select 1 from webhook_deliveries where webhook_id = ${id} and next_attempt_at <= now()`;
      return due.length === 0;
    });
    given.receiver.answer(path, status(204));
    await sql`update webhook_deliveries set next_attempt_at = now() where webhook_id = ${id} and attempts > 0`;
    await given.until("all are delivered", async () => (await given.deliveries(id, "PENDING")).length === 0);
  });

  it("after the last attempt a delivery is a dead letter, which is delivered by hand with the same id", async () => {
    const path = aPath();
    given.receiver.answer(path, status(500));
    const { id } = await given.created(path);
    const { delivery } = await given.act("pingWebhook", { webhook: id });
    await given.until("it is a dead letter", async () => {
      await given.hasten(id);
      return (await given.deliveries(id, "DEAD_LETTER")).length > 0;
    });
    const [dead] = await given.deliveries(id, "DEAD_LETTER");
    expect(dead).toMatchObject({ id: delivery.id, attempts: 10, lastStatus: 500, nextAttemptAt: null });
    given.receiver.answer(path, status(204));
    const again = await given.act("redeliverWebhook", { delivery: delivery.id });
    expect(again.delivery).toMatchObject({ id: delivery.id, state: expect.stringMatching(/PENDING|DELIVERED/) });
    await given.until("it is delivered", async () => (await given.deliveries(id, "DELIVERED")).length > 0);
    expect(new Set(given.receiver.eventsAt(path).map((event) => event.id))).toEqual(new Set([delivery.id]));
    expect(given.receiver.eventsAt(path)).toHaveLength(11);
  });
});

describe("a replay", () => {
  it("a part of the stream is delivered again with the same ids, page by page", async () => {
    const path = aPath();
    const { id, code } = await delivered(path, (all) => all.length > 0);
    const changes = await changesOf(code);
    await given.until("all came", () => eventsOf(path, code).length >= changes.length);
    const first = eventsOf(path, code);
    const [begin, end] = [changes[1]?.cursor, changes[5]?.cursor];
    const parts = [];
    for (let since = begin; ; ) {
      const part = await given.act("replayWebhook", { webhook: id, since, until: end, first: 3 });
      parts.push(part.count);
      since = part.pageInfo.endCursor;
      if (!part.pageInfo.hasNextPage) break;
    }
    expect(parts).toEqual([3, 1]);
    await given.until("they came again", () => eventsOf(path, code).length >= first.length + 4);
    const again = eventsOf(path, code).slice(first.length);
    expect(again).toEqual(first.slice(2, 6));
  });

  it("a webhook gets changes from before its creation by a replay, within its filter", async () => {
    const code = await completed();
    const path = aPath();
    const { id } = await given.created(path, BIRTHS);
    const [first, ...others] = await changesOf(code);
    const { count } = await given.act("replayWebhook", { webhook: id, since: first?.cursor });
    expect(count).toBe(others.length);
    await given.until("they came", () => eventsOf(path, code).length >= count);
  });

  it.each([
    ["since", { since: "nothing" }, {}],
    ["until", { until: "nothing" }, {}],
    ["first", { first: 0 }, {}],
    ["since", { since: Buffer.from(JSON.stringify([2 ** 50, 0])).toString("base64url") }, { reason: "CURSOR_EXPIRED" }],
    ["until", { until: Buffer.from(JSON.stringify([2 ** 50, 0])).toString("base64url") }, { reason: "CURSOR_EXPIRED" }],
  ])("a wrong %s of a replay is refused by its name", async (argument, variables, more) => {
    const { id } = await given.created(aPath());
    const { error } = await given.act("replayWebhook", { webhook: id, ...variables });
    expect(error).toMatchObject({ code: "BAD_USER_INPUT", argument, ...more });
  });
});

it.each(["since", "until"])(
  "a cursor of another history, as after a restore, is refused as %s of a replay, and nothing is sent",
  async (argument) => {
    const path = aPath();
    const { id, code } = await delivered(path, (all) => all.length > 0);
    const [first, second] = await changesOf(code);
    const [row, place, mark] = JSON.parse(Buffer.from(second?.cursor ?? "", "base64url").toString());
    const other = Buffer.from(JSON.stringify([row, place, mark === "AAAAAAAA" ? "BBBBBBBB" : "AAAAAAAA"])).toString(
      "base64url",
    );
    const known = await given.deliveries(id);
    const { error } = await given.act("replayWebhook", { webhook: id, since: first?.cursor, [argument]: other });
    expect(error).toMatchObject({ code: "BAD_USER_INPUT", reason: "CURSOR_EXPIRED", argument });
    expect((await given.deliveries(id)).map((each) => each.id)).toEqual(known.map((each) => each.id));
  },
);

it("old deliveries are removed, and what waited too long at a paused webhook is a dead letter", async () => {
  const { id } = await given.created(aPath());
  const sql = given.world.sql("one-stop");
  for (let n = 0; n < 4; n++) await given.act("pingWebhook", { webhook: id });
  await given.until("all are delivered", async () => (await given.deliveries(id, "DELIVERED")).length === 4);
  await given.act("pauseWebhook", { webhook: id });
  const [young, old, dead, waiting] = (await given.deliveries(id)).map((each) => each.id);
  await sql`update webhook_deliveries set last_attempt_at = now() - interval '8 days' where id = ${old}`;
  await sql`update webhook_deliveries set state = 'DEAD_LETTER', last_attempt_at = now() - interval '91 days' where id = ${dead}`;
  await sql`update webhook_deliveries set state = 'PENDING', next_attempt_at = now() - interval '91 days' where id = ${waiting}`;
  await tidyWebhookDeliveries(sql, 90);
  expect((await given.deliveries(id)).map((each) => [each.id, each.state])).toEqual([
    [young, "DELIVERED"],
    [waiting, "DEAD_LETTER"],
  ]);
});

it("deliveries are listed page by page, the newest first", async () => {
  const { id } = await given.created(aPath());
  for (let n = 0; n < 3; n++) await given.act("pingWebhook", { webhook: id });
  const all = (await given.deliveries(id)).map((each) => each.id);
  const first = await given.act("webhookDeliveries", { webhook: id, first: 2 });
  expect(first.pageInfo.hasNextPage).toBe(true);
  const second = await given.act("webhookDeliveries", { webhook: id, first: 2, after: first.pageInfo.endCursor });
  expect([...first.nodes, ...second.nodes].map((each) => each.id)).toEqual(all);
  expect((await given.act("webhookDeliveries", { webhook: id, after: "x" })).error).toMatchObject({
    argument: "after",
  });
});
