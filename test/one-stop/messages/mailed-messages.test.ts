import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { pause } from "../../kit/dossier-outcomes.ts";
import { type MailServer, serveMail } from "./mail-server.ts";
import { EMAIL, messageDesk } from "./message-desk.ts";

const desk = messageDesk(["smtp"]);
const FROM = "mot-cua@example.test";
let server: MailServer;
beforeAll(async () => {
  server = await serveMail({ user: "motcua", password: "a password" });
});
beforeEach(() => Object.assign(server, { mails: [], refusals: [], drops: 0, onMail: async () => {} }));
afterAll(() => server.goAway());

const start = (more: NodeJS.ProcessEnv = {}) =>
  desk.start({
    ...{ MESSAGE_CHANNELS: "smtp", SMTP_URL: server.url, SMTP_FROM: FROM, SMTP_TLS: "off" },
    ...{ SMTP_USER: "motcua", SMTP_PASSWORD: "a password", ...more },
  });
const aMessage = async () => desk.told(await desk.dossier(), "RECEIVED");
const stateOf = (id: string) => expect.poll(async () => (await desk.delivery(id)).state, { timeout: 15_000 });

it("a message is one e-mail as text and as HTML, with its id and an address to stop", async () => {
  const id = await aMessage();
  start();
  await stateOf(id).toBe("SENT");
  expect(server.mails).toMatchObject([{ to: EMAIL, messageId: `<${id}@example.test>` }]);
  const source = server.mails[0]?.source ?? "";
  expect(source).toMatch(/^List-Unsubscribe: <mailto:mot-cua@example\.test\?subject=STOP>/m);
  expect(source).toMatch(/^Auto-Submitted: auto-generated/m);
  expect(source).toContain("text/plain");
  expect(source).toContain("text/html");
  expect(await desk.delivery(id)).toMatchObject({ attempts: 1, reference: "250" });
});

it("a mailbox that does not exist is a permanent refusal, with its status and without its address", async () => {
  server.refusals = [{ code: 550, text: `5.1.1 <${EMAIL}>: no such user` }];
  const id = await aMessage();
  start();
  await stateOf(id).toBe("UNDELIVERED");
  expect(await desk.delivery(id)).toMatchObject({ attempts: 1, reason: "550 5.1.1" });
  expect(server.mails).toEqual([]);
});

it("a server that greylists gets the message again until it takes it", async () => {
  server.refusals = [1, 2, 3].map(() => ({ code: 451, text: "4.7.1 Greylisted" }));
  const id = await aMessage();
  start();
  await stateOf(id).toBe("SENT");
  expect((await desk.delivery(id)).attempts).toBe(4);
  expect(server.mails).toHaveLength(1);
});

it("an address that is refused for the moment for days counts as refused", async () => {
  server.refusals = Array.from({ length: 50 }, () => ({ code: 452, text: "4.2.2 Mailbox full" }));
  const id = await aMessage();
  start({ MESSAGE_GIVE_UP_DAYS: "5" });
  await expect.poll(async () => (await desk.delivery(id)).attempts, { timeout: 10_000 }).toBeGreaterThan(1);
  expect((await desk.delivery(id)).state).toBe("WAITING");
  await desk.sql`
    update message_deliveries set refused_since = now() - interval '5 days 1 hour' where message_id = ${id}`;
  await stateOf(id).toBe("UNDELIVERED");
  expect((await desk.delivery(id)).reason).toBe("452 4.2.2");
});

it("a server that is away for a while loses no message", async () => {
  await server.goAway();
  const ids = [await aMessage(), await aMessage(), await aMessage()];
  start();
  await expect.poll(async () => (await desk.delivery(ids[2] ?? "")).attempts, { timeout: 10_000 }).toBeGreaterThan(1);
  await server.comeBack();
  for (const id of ids) await stateOf(id).toBe("SENT");
  expect(server.mails.map(({ messageId }) => messageId).sort()).toEqual(ids.map((id) => `<${id}@example.test>`).sort());
});

it("a line that drops after DATA leaves the outcome unknown: the message goes out again under the same Message-ID", async () => {
  server.drops = 1;
  const id = await aMessage();
  start();
  await stateOf(id).toBe("SENT");
  expect(server.mails.map(({ messageId }) => messageId)).toEqual([1, 2].map(() => `<${id}@example.test>`));
});

it("a wrong password keeps all messages waiting, because it is not a fault of their addresses", async () => {
  const id = await aMessage();
  const wrong = start({ SMTP_PASSWORD: "wrong" });
  await expect.poll(async () => (await desk.delivery(id)).attempts, { timeout: 10_000 }).toBeGreaterThan(1);
  await wrong.stop();
  expect((await desk.delivery(id)).state).toBe("WAITING");
  start();
  await stateOf(id).toBe("SENT");
});

it("no message goes over a line without TLS where TLS is required", async () => {
  const id = await aMessage();
  start({ SMTP_TLS: "required" });
  await expect.poll(async () => (await desk.delivery(id)).attempts, { timeout: 10_000 }).toBeGreaterThan(1);
  expect([server.mails, (await desk.delivery(id)).state]).toEqual([[], "WAITING"]);
});

it("two workers send each message once, and those of a dossier in their order", async () => {
  const dossier = await desk.dossier();
  const kinds = ["RECEIVED", "RETURNED", "WITHDRAWN"] as const;
  const ids: string[] = [];
  for (const kind of kinds) ids.push(await desk.told(dossier, kind));
  const others = [await aMessage(), await aMessage(), await aMessage()];
  server.onMail = () => pause(20);
  start();
  start();
  for (const id of [...ids, ...others]) await stateOf(id).toBe("SENT");
  expect(server.mails).toHaveLength(6);
  const order = server.mails.map(({ messageId }) => messageId.slice(1, 37)).filter((id) => ids.includes(id));
  expect(order).toEqual(ids);
});
