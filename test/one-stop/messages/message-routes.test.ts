import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type MailServer, serveMail } from "./mail-server.ts";
import { messageDesk } from "./message-desk.ts";
import { type SmsCentre, serveSms } from "./sms-centre.ts";

const ROUTE = "smpp>smtp";
const desk = messageDesk([ROUTE, "spool"]);
const data = mkdtempSync(join(tmpdir(), "motcua-routes-"));
let centre: SmsCentre;
let server: MailServer;
beforeAll(async () => {
  [centre, server] = await Promise.all([serveSms("motcua", "secret"), serveMail()]);
});
beforeEach(() => {
  Object.assign(centre, { received: [], statuses: [], drops: 0 });
  Object.assign(server, { mails: [], refusals: [], drops: 0 });
  rmSync(join(data, "messages"), { recursive: true, force: true });
});
afterAll(async () => {
  await Promise.all([centre.goAway(), server.goAway()]);
  rmSync(data, { recursive: true, force: true });
});

const start = () =>
  desk.start({
    ...{ MESSAGE_CHANNELS: `${ROUTE},spool`, MOTCUA_DATA: data, SMTP_URL: server.url, SMTP_FROM: "a@example.test" },
    ...{
      SMTP_TLS: "off",
      SMPP_URL: centre.url,
      SMPP_SYSTEM_ID: "motcua",
      SMPP_PASSWORD: "secret",
      SMPP_SENDER: "84123",
    },
  });
const ended = (id: string) =>
  expect.poll(async () => (await desk.delivery(id, ROUTE)).state, { timeout: 15_000 }).not.toBe("WAITING");

it("routes are side by side: an SMS and a file, and no e-mail while the SMS is taken", async () => {
  const id = await desk.told(await desk.dossier(), "RECEIVED");
  start();
  await ended(id);
  await expect.poll(async () => (await desk.delivery(id, "spool")).state, { timeout: 10_000 }).toBe("SENT");
  expect([centre.received.length, server.mails.length]).toEqual([1, 0]);
  expect(readdirSync(join(data, "messages"))).toEqual([`${id}.json`]);
});

it("a number that is refused, and a declarant without a phone, get an e-mail instead", async () => {
  centre.statuses = [0x0b];
  const refused = await desk.told(await desk.dossier(), "RECEIVED");
  start();
  await ended(refused);
  const without = await desk.told(await desk.dossier({ phone: null }), "RECEIVED");
  await ended(without);
  for (const id of [refused, without])
    expect(await desk.delivery(id, ROUTE)).toMatchObject({ state: "SENT", channel: "smtp" });
  expect([centre.received.length, server.mails.length]).toEqual([0, 2]);
});

it("a phone that was not reached after all gets an e-mail, and a person sees what no channel has delivered", async () => {
  const id = await desk.told(await desk.dossier(), "RECEIVED");
  const alone = await desk.told(await desk.dossier({ email: null }), "RECEIVED");
  start();
  for (const each of [id, alone]) await ended(each);
  for (const each of [id, alone]) {
    const { reference } = await desk.delivery(each, ROUTE);
    await centre.deliver({ esm_class: 4, source_addr: "84912345678", short_message: `id:${reference} stat:UNDELIV` });
    await ended(each);
  }
  expect(await desk.delivery(id, ROUTE)).toMatchObject({ state: "SENT", channel: "smtp" });
  expect(await desk.delivery(alone, ROUTE)).toMatchObject({ state: "UNDELIVERED", reason: "UNDELIV" });
  expect(server.mails).toHaveLength(1);
});

it("a channel that is away delays no other, and one that is taken from the configuration leaves its messages to the next", async () => {
  await centre.goAway();
  const ids: string[] = [];
  for (let n = 0; n < 12; n++) ids.push(await desk.told(await desk.dossier(), "RECEIVED"));
  const worker = start();
  const sent = async () => readdirSync(join(data, "messages")).filter((name) => name.endsWith(".json")).length;
  await expect.poll(sent, { timeout: 15_000 }).toBe(ids.length);
  await worker.stop();
  await centre.comeBack();
  const [first = ""] = ids;
  expect(await desk.delivery(first, ROUTE)).toMatchObject({ state: "WAITING", channel: "smpp" });
  desk.start({
    ...{
      MESSAGE_CHANNELS: "smtp",
      MOTCUA_DATA: data,
      SMTP_URL: server.url,
      SMTP_FROM: "a@example.test",
      SMTP_TLS: "off",
    },
  });
  for (const id of ids) await ended(id);
  expect(await desk.delivery(first, ROUTE)).toMatchObject({ state: "SENT", channel: "smtp" });
  expect(server.mails).toHaveLength(ids.length);
});
