import { describe, expect, it } from "vitest";
import { askAgency, bearer, caller } from "../../kit/ask-agency.ts";
import type { DossierData } from "../../kit/dossier-outcomes.ts";
import { clerk, type Persona } from "../../world.ts";
import { aKey, aPath, DOCUMENTS, portal, webhookWorld } from "./given-webhooks.ts";
import { isValid } from "./receiver.ts";

const given = webhookWorld();
const URL_ = "https://portal.example.vn/hook";
const faults = ({ problems }: DossierData) =>
  problems.map(({ code, path }: { code: string; path: string[] }) => `${code} ${path.join(".")}`.trim());
const nobodys = "01980000-0000-7000-8000-000000000000";

describe("creating a webhook", () => {
  it("a webhook has its filter, the caller's reach and a secret that is shown once, also when the request is repeated", async () => {
    const filter = { province: "92", office: null, procedure: "3.000722" };
    const [input, key] = [{ url: URL_, filter }, aKey()];
    const first = await given.act("createWebhook", { input, key });
    expect(first).toMatchObject({ problems: [], secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/) });
    expect(first.webhook).toMatchObject({
      ...{ url: URL_, filter, reachProvince: "92", reachOffice: null, pausedAt: null, failures: 0 },
    });
    const again = await given.act("createWebhook", { input, key });
    expect(again).toEqual({ ...first, secret: null });
    expect(faults(await given.act("createWebhook", { input: { url: `${URL_}2` }, key }))).toEqual([
      "IDEMPOTENCY_CONFLICT idempotencyKey",
    ]);
    const [log] = await given.world.sql("one-stop")`
      select subject from access_log where action = 'CHANGE' and ${first.webhook.id} = any(citizens)`;
    expect(log).toMatchObject({ subject: expect.stringContaining("portal") });
  });

  it("two requests at once with one key create one webhook", async () => {
    const [input, key] = [{ url: `${URL_}/at-once` }, aKey()];
    const results = await Promise.all([1, 2, 3].map(() => given.act("createWebhook", { input, key })));
    expect(new Set(results.map(({ webhook }) => webhook.id)).size).toBe(1);
    expect(results.filter(({ secret }) => secret !== null)).toHaveLength(1);
  });

  it.each([
    ["no URL", { url: "hook" }, "WEBHOOK_URL_MALFORMED input.url"],
    ["another protocol", { url: "ftp://portal.example.vn" }, "WEBHOOK_URL_MALFORMED input.url"],
    ["a password", { url: "https://a:b@portal.example.vn" }, "WEBHOOK_URL_MALFORMED input.url"],
    ["a fragment", { url: `${URL_}#a` }, "WEBHOOK_URL_MALFORMED input.url"],
    ["a long address", { url: `${URL_}?${"a".repeat(2_000)}` }, "WEBHOOK_URL_MALFORMED input.url"],
    ["a private address", { url: "https://10.1.2.3/hook" }, "WEBHOOK_ADDRESS_REFUSED input.url"],
    ["a private address in other digits", { url: "https://0xa9fea9fe/" }, "WEBHOOK_ADDRESS_REFUSED input.url"],
    ["an IPv6 loopback", { url: "https://[::1]/" }, "WEBHOOK_ADDRESS_REFUSED input.url"],
    ["another province", { url: URL_, filter: { province: "01" } }, "WEBHOOK_OUTSIDE_REACH input.filter.province"],
  ])("a webhook with %s is refused", async (_, input, fault) => {
    expect(faults(await given.act("createWebhook", { input }))).toEqual([fault]);
  });

  it("all problems are reported at once: a clerk's filter of another office, and the address", async () => {
    const input = { url: "hook", filter: { office: "31135" } };
    expect(faults(await given.act("createWebhook", { input }, clerk))).toEqual([
      "WEBHOOK_URL_MALFORMED input.url",
      "WEBHOOK_OUTSIDE_REACH input.filter.office",
    ]);
  });

  it("a caller without an office or province is told so", async () => {
    const variables = { input: { url: URL_ }, key: aKey() };
    const { data } = await askAgency(given.world, "one-stop", caller("portal"), DOCUMENTS.createWebhook, variables);
    expect(faults(data.createWebhook)).toEqual(["WEBHOOK_WITHOUT_REACH"]);
  });

  it("an office has at most 20 webhooks", async () => {
    const who: Persona = { persona: "clerk", commune: "31426" };
    const create = (n: number) => given.act("createWebhook", { input: { url: `${URL_}/${n}` } }, who);
    const results = await Promise.all(Array.from({ length: 22 }, (_, n) => create(n)));
    expect(results.filter(({ webhook }) => webhook)).toHaveLength(20);
    expect(results.flatMap(faults)).toEqual(["WEBHOOKS_TOO_MANY", "WEBHOOKS_TOO_MANY"]);
  });
});

describe("the rights on webhooks", () => {
  it.each<[string, Persona]>([
    ["a citizen", { persona: "citizen" }],
    ["an officer", { persona: "registrar" }],
    ["a clerk without the permission", bearer("clerk", { office: "31471" }, ["dossier:read"])],
  ])("webhooks are refused to %s", async (_, who) => {
    for (const name of ["webhooks", "createWebhook"] as const)
      expect(await given.act(name, { input: { url: URL_ } }, who)).toMatchObject({ error: { code: "FORBIDDEN" } });
  });

  it("the leader of an office manages what its clerk created; other offices and the portal do not see it", async () => {
    const { id } = await given.created(aPath(), undefined, clerk);
    const idsOf = async (who: Persona) => {
      const { data } = await given.world.ask(who, DOCUMENTS.webhooks);
      return data.webhooks.map((each: DossierData) => each.id);
    };
    expect(await idsOf({ persona: "leader" })).toContain(id);
    expect((await given.act("pauseWebhook", { webhook: id }, { persona: "leader" })).webhook.pausedAt).not.toBeNull();
    for (const who of [portal, { persona: "clerk", commune: "31135" }]) {
      expect(await idsOf(who)).not.toContain(id);
      for (const name of ["changeWebhook", "rotateWebhookSecret", "pauseWebhook", "resumeWebhook"] as const)
        expect(await given.act(name, { webhook: id, input: { url: URL_ } }, who)).toMatchObject({
          error: { code: "NOT_FOUND" },
        });
      for (const name of ["deleteWebhook", "pingWebhook", "replayWebhook", "webhookDeliveries"] as const)
        expect(await given.act(name, { webhook: id }, who)).toMatchObject({ error: { code: "NOT_FOUND" } });
    }
  });

  it.each(["x", nobodys])("an id of no webhook and no delivery is not found: %s", async (id) => {
    for (const name of ["deleteWebhook", "redeliverWebhook"] as const)
      expect(await given.act(name, { webhook: id, delivery: id })).toMatchObject({ error: { code: "NOT_FOUND" } });
  });
});

describe("an existing webhook", () => {
  it("its address and filter are replaced, and a wrong input changes nothing", async () => {
    const { id } = await given.created(aPath());
    const input = { url: `${URL_}/new`, filter: { procedure: "1.001193" } };
    const changed = await given.act("changeWebhook", { webhook: id, input });
    expect(changed.webhook).toMatchObject({ id, url: input.url, filter: { procedure: "1.001193", office: null } });
    expect(faults(await given.act("changeWebhook", { webhook: id, input: { url: "x" } }))).toEqual([
      "WEBHOOK_URL_MALFORMED input.url",
    ]);
    expect(await given.act("changeWebhook", { webhook: id, input })).toEqual(changed);
  });

  it("a pause holds a ping off; pausing and resuming twice changes nothing more", async () => {
    const { id } = await given.created(aPath());
    const paused = await given.act("pauseWebhook", { webhook: id });
    expect(paused.webhook).toMatchObject({ pauseReason: "BY_HAND" });
    expect(await given.act("pauseWebhook", { webhook: id })).toEqual(paused);
    expect(faults(await given.act("pingWebhook", { webhook: id }))).toEqual(["WEBHOOK_PAUSED webhook"]);
    const resumed = await given.act("resumeWebhook", { webhook: id });
    expect(resumed.webhook).toMatchObject({ pausedAt: null, pauseReason: null });
    expect(await given.act("resumeWebhook", { webhook: id })).toEqual(resumed);
  });

  it("a deleted webhook is gone with its deliveries", async () => {
    const { id } = await given.created(aPath());
    await given.act("pingWebhook", { webhook: id });
    expect(await given.act("deleteWebhook", { webhook: id })).toEqual({ webhook: null, secret: null, problems: [] });
    expect(await given.act("deleteWebhook", { webhook: id })).toMatchObject({ error: { code: "NOT_FOUND" } });
    expect(await given.world.sql("one-stop")`select 1 from webhook_deliveries where webhook_id = ${id}`).toEqual([]);
  });
});

describe("a ping and the secrets", () => {
  const pinged = async (path: string, webhook: string) => {
    const before = given.receiver.eventsAt(path).length;
    await given.act("pingWebhook", { webhook });
    await given.until("the ping comes", () => given.receiver.eventsAt(path).length > before);
    const [last] = given.receiver.received.filter((each) => each.path === path).slice(-1);
    if (!last) throw new Error("No ping came");
    return last;
  };

  it("a ping is a valid signed CloudEvent; the same key sends one", async () => {
    const path = aPath();
    const { id, secret } = await given.created(path);
    const key = aKey();
    const { delivery } = await given.act("pingWebhook", { webhook: id, key });
    expect((await given.act("pingWebhook", { webhook: id, key })).delivery.id).toBe(delivery.id);
    await given.until("it is delivered", async () => (await given.deliveries(id))[0].state === "DELIVERED");
    const came = given.receiver.received.filter((each) => each.path === path);
    expect(came).toHaveLength(1);
    expect(came[0]?.event).toMatchObject({ id: delivery.id, type: "motcua.webhook.ping", data: {} });
    expect(came[0] && isValid(came[0], secret)).toBe(true);
    expect(came[0]?.headers).toMatchObject({ "webhook-id": delivery.id });
    expect(came[0] && isValid({ ...came[0], body: `${came[0].body} ` }, secret)).toBe(false);
    expect(await given.deliveries(id)).toMatchObject([
      { kind: "PING", dossier: null, cursor: null, nextAttemptAt: null },
    ]);
  });

  it("after a rotation both secrets sign until the overlap ends; a repetition makes no third one", async () => {
    const path = aPath();
    const { id, secret } = await given.created(path);
    const key = aKey();
    const rotated = await given.act("rotateWebhookSecret", { webhook: id, key, overlapHours: 1 });
    expect(rotated.secret).toMatch(/^whsec_/);
    expect((await given.act("rotateWebhookSecret", { webhook: id, key, overlapHours: 1 })).secret).toBeNull();
    const both = await pinged(path, id);
    expect([secret, rotated.secret].map((each) => isValid(both, each))).toEqual([true, true]);
    expect(both.headers["webhook-signature"]?.split(" ")).toHaveLength(2);
    await given.world.sql("one-stop")`
      update webhook_secrets set ends_at = now() where webhook_id = ${id} and ends_at is not null`;
    const one = await pinged(path, id);
    expect([secret, rotated.secret].map((each) => isValid(one, each))).toEqual([false, true]);
    const last = await given.act("rotateWebhookSecret", { webhook: id, overlapHours: 0 });
    const now = await pinged(path, id);
    expect([rotated.secret, last.secret].map((each) => isValid(now, each))).toEqual([false, true]);
  });

  it.each([-1, 169])("an overlap of %d hours is refused", async (overlapHours) => {
    const { id } = await given.created(aPath());
    const result = await given.act("rotateWebhookSecret", { webhook: id, overlapHours });
    expect(faults(result)).toEqual(["WEBHOOK_OVERLAP_IMPOSSIBLE overlapHours"]);
  });
});
