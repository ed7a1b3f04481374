import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { pause } from "../../kit/dossier-outcomes.ts";
import { EMAIL, MORNING, messageDesk, PHONE } from "./message-desk.ts";

const desk = messageDesk(["spool"]);
let data: string;
let directory: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "motcua-messages-"));
  directory = join(data, "messages");
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const start = (more: NodeJS.ProcessEnv = {}, now?: () => Date) =>
  desk.start({ MOTCUA_DATA: data, MESSAGE_CHANNELS: "spool", ...more }, now && { now });
const stateOf = (id: string) => expect.poll(async () => (await desk.delivery(id)).state, { timeout: 10_000 });
const fileOf = (id: string) => JSON.parse(readFileSync(join(directory, `${id}.json`), "utf8"));

it("a message becomes one file with its id, its addresses and both texts", async () => {
  const id = await desk.told(await desk.dossier(), "RECEIVED");
  start({ MESSAGE_TRACKING_URL: "https://motcua.example.vn/track/" });
  await stateOf(id).toBe("SENT");
  expect(readdirSync(directory)).toEqual([`${id}.json`]);
  const file = fileOf(id);
  expect(file).toMatchObject({ id, kind: "RECEIVED", language: "vi", to: { email: EMAIL, phone: PHONE } });
  expect(file.subject).toBe(`Hồ sơ ${file.dossier}: đã tiếp nhận`);
  expect(file.text).toContain(`https://motcua.example.vn/track/${file.dossier}`);
  expect(file.text).toContain("27/11/2026");
  expect(file.text).not.toContain("Lê A");
});

it("a declarant without phone and e-mail gets no message, and nobody has to see to it", async () => {
  const id = await desk.told(await desk.dossier({ phone: null, email: null }), "RECEIVED");
  start();
  await stateOf(id).toBe("NO_ADDRESS");
});

it("messages wait while the folder cannot be written, and keep the order of their dossier", async () => {
  writeFileSync(directory, "in the way of the folder");
  const dossier = await desk.dossier();
  const ids = [await desk.told(dossier, "RECEIVED"), await desk.told(dossier, "WITHDRAWN")];
  start();
  const [first = "", second = ""] = ids;
  await expect.poll(async () => (await desk.delivery(first)).attempts, { timeout: 10_000 }).toBeGreaterThan(1);
  expect(await desk.delivery(second)).toMatchObject({ state: "WAITING", attempts: 0 });
  rmSync(directory);
  await stateOf(second).toBe("SENT");
  expect((await desk.delivery(first)).state).toBe("SENT");
});

it("in quiet hours a message waits, unless the term of what it asks ends before they do", async () => {
  const dossier = await desk.dossier();
  const night = new Date("2026-11-23T22:30:00+07:00");
  const plain = await desk.told(dossier, "WITHDRAWN");
  const urgent = await desk.told(await desk.dossier(), "WITHDRAWN");
  await desk.sql`update messages set act_by = '2026-11-23T23:59:59+07:00' where id = ${urgent}`;
  let now = night;
  start({}, () => now);
  await stateOf(urgent).toBe("SENT");
  await pause(200);
  expect(await desk.delivery(plain)).toMatchObject({ state: "WAITING", attempts: 0 });
  now = new Date("2026-11-24T07:00:00+07:00");
  await stateOf(plain).toBe("SENT");
});

it("a message that asks for an act is dropped once the act is no longer awaited", async () => {
  const id = await desk.told(await desk.dossier({}, "IN_PROGRESS"), "RECEIVED");
  await desk.sql`update messages set kind = 'SUPPLEMENT_ASKED' where id = ${id}`;
  start();
  await stateOf(id).toBe("OUTDATED");
  expect(await desk.delivery(id)).toMatchObject({ attempts: 1, reason: null });
});

it("a stop holds for messages that wait already, and a later choice of the person ends it", async () => {
  const [stopped, chosen] = [await desk.dossier(), await desk.dossier()];
  const first = await desk.told(stopped, "RECEIVED");
  await desk.sql`
    insert into message_choices (recipient, stopped_at, changed_at) values ('093195000017', ${MORNING}, ${MORNING})`;
  start();
  await stateOf(first).toBe("STOPPED");
  await desk.sql`
    update message_choices set stopped_at = null, wanted_language = 'en', wanted_channels = 'EMAIL' where recipient = '093195000017'`;
  const second = await desk.told(chosen, "RECEIVED");
  await stateOf(second).toBe("SENT");
  expect(fileOf(second)).toMatchObject({ language: "en", to: { email: EMAIL, phone: null } });
});
