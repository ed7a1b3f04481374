import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { FailpointMoment, Failpoints } from "../../../subgraphs/one-stop/saga/failpoints.ts";
import { pause } from "../../kit/dossier-outcomes.ts";
import { type MailServer, serveMail } from "./mail-server.ts";
import { messageDesk } from "./message-desk.ts";

const desk = messageDesk(["smtp"]);
let server: MailServer;
beforeAll(async () => {
  server = await serveMail();
});
beforeEach(() => Object.assign(server, { mails: [] }));
afterAll(() => server.goAway());

const start = (failpoints?: Failpoints) =>
  desk.start(
    { MESSAGE_CHANNELS: "smtp", SMTP_URL: server.url, SMTP_FROM: "a@example.test", SMTP_TLS: "off" },
    failpoints && { failpoints },
  );

/** Holds the first process that comes to a boundary, until it is released. */
function holdAt(moment: FailpointMoment) {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let isHeld = false;
  const failpoints: Failpoints = async (at) => {
    if (at !== moment || isHeld) return;
    isHeld = true;
    await held;
  };
  return { failpoints, release, isHeld: () => isHeld };
}

it.each([
  ["before-call", 1],
  ["after-call", 2],
] as const)("a worker that stalls %s past its lease does nothing more when it goes on", async (moment, sent) => {
  const stalled = holdAt(moment);
  const id = await desk.told(await desk.dossier(), "RECEIVED");
  start(stalled.failpoints);
  await expect.poll(stalled.isHeld, { timeout: 10_000 }).toBe(true);
  start();
  await expect.poll(async () => (await desk.delivery(id)).state, { timeout: 10_000 }).toBe("SENT");
  const [before] = await desk.sql`select * from message_deliveries where message_id = ${id}`;
  stalled.release();
  await pause(300);
  const [after] = await desk.sql`select * from message_deliveries where message_id = ${id}`;
  expect(after).toEqual(before);
  // a call that was made before the stall may have arrived: its message is sent again under the same Message-ID
  expect(server.mails.map(({ messageId }) => messageId)).toEqual(
    Array.from({ length: sent }, () => `<${id}@example.test>`),
  );
});
