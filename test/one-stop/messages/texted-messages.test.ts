import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { messageDesk } from "./message-desk.ts";
import { type SmsCentre, serveSms } from "./sms-centre.ts";

const desk = messageDesk(["smpp"]);
let centre: SmsCentre;
beforeAll(async () => {
  centre = await serveSms("motcua", "secret");
});
beforeEach(() => Object.assign(centre, { received: [], statuses: [], drops: 0, binds: 0 }));
afterAll(() => centre.goAway());

const start = (more: NodeJS.ProcessEnv = {}) =>
  desk.start({
    ...{ MESSAGE_CHANNELS: "smpp", SMPP_URL: centre.url, SMPP_SYSTEM_ID: "motcua", SMPP_PASSWORD: "secret" },
    ...{ SMPP_SENDER: "MOTCUA", ...more },
  });
const aMessage = async (addresses = {}) => desk.told(await desk.dossier(addresses), "RECEIVED");
const stateOf = (id: string) => expect.poll(async () => (await desk.delivery(id)).state, { timeout: 15_000 });
const attemptsOf = (id: string) => expect.poll(async () => (await desk.delivery(id)).attempts, { timeout: 15_000 });

it("a message is one SMS of the GSM alphabet without diacritics, to the number as E.164", async () => {
  const id = await aMessage();
  start();
  await stateOf(id).toBe("SENT");
  expect(centre.received).toMatchObject([{ to: "84912345678", from: "MOTCUA", coding: 0 }]);
  expect(centre.received[0]?.text).toMatch(/^Ho so H13\.101-261123-\d+ da tiep nhan, hen tra 27\/11\/2026$/);
  expect(await desk.delivery(id)).toMatchObject({ attempts: 1, reference: "m1" });
});

it("with UCS-2 the SMS keeps its diacritics", async () => {
  const id = await aMessage();
  start({ SMPP_CODING: "ucs2" });
  await stateOf(id).toBe("SENT");
  expect(centre.received).toMatchObject([{ coding: 8 }]);
  expect(centre.received[0]?.text).toMatch(/^Hồ sơ H13\.101-261123-\d+ đã tiếp nhận, hẹn trả 27\/11\/2026$/);
});

it("a landline gets no SMS", async () => {
  const id = await aMessage({ phone: "02923123456" });
  start();
  await stateOf(id).toBe("NO_ADDRESS");
  expect(centre.received).toEqual([]);
});

it("a number that does not exist is a permanent refusal", async () => {
  centre.statuses = [0x0b];
  const id = await aMessage();
  start();
  await stateOf(id).toBe("UNDELIVERED");
  expect(await desk.delivery(id)).toMatchObject({ attempts: 1, reason: "0x0000000B" });
});

it.each([
  ["is too busy for all messages", [0x58, 0x14]],
  ["has failed to submit this one", [0x45, 0x64]],
])("a centre that %s gets it again", async (_what, statuses) => {
  centre.statuses = [...statuses];
  const id = await aMessage();
  start();
  await stateOf(id).toBe("SENT");
  expect((await desk.delivery(id)).attempts).toBe(3);
  expect(centre.received).toHaveLength(1);
});

it("a centre that is away for a while loses no message, and is bound again", async () => {
  await centre.goAway();
  const ids = [await aMessage(), await aMessage()];
  start();
  await attemptsOf(ids[1] ?? "").toBeGreaterThan(1);
  await centre.comeBack();
  for (const id of ids) await stateOf(id).toBe("SENT");
  expect(centre.received).toHaveLength(2);
});

it("a line that drops before the answer leaves the outcome unknown: the message goes out again with the same reference", async () => {
  centre.drops = 1;
  const id = await aMessage();
  start();
  await stateOf(id).toBe("SENT");
  expect(centre.received).toHaveLength(2);
  expect(new Set(centre.received.map(({ reference }) => reference)).size).toBe(1);
});

it("a wrong password keeps the messages waiting", async () => {
  const id = await aMessage();
  start({ SMPP_PASSWORD: "wrong" });
  await attemptsOf(id).toBeGreaterThan(1);
  expect([centre.received, (await desk.delivery(id)).state]).toEqual([[], "WAITING"]);
});

describe("what arrives by the line", () => {
  const receipt = (number: string, state: string) => ({
    ...{ esm_class: 4, source_addr: "84912345678", destination_addr: "MOTCUA" },
    short_message: `id:${number} sub:001 dlvrd:000 submit date:2611230900 done date:2611230901 stat:${state} err:001 text:`,
  });

  it("a receipt that the phone was not reached makes the message undelivered; one of a delivery changes nothing", async () => {
    const [reached, lost] = [await aMessage(), await aMessage()];
    start();
    await stateOf(lost).toBe("SENT");
    await stateOf(reached).toBe("SENT");
    expect(await centre.deliver(receipt((await desk.delivery(reached)).reference ?? "", "DELIVRD"))).toBe(0);
    expect(await centre.deliver(receipt((await desk.delivery(lost)).reference ?? "", "UNDELIV"))).toBe(0);
    expect(await desk.delivery(lost)).toMatchObject({ state: "UNDELIVERED", reason: "UNDELIV" });
    expect((await desk.delivery(reached)).state).toBe("SENT");
  });

  it("a receipt of a message that is not recorded yet is to come again", async () => {
    const id = await aMessage();
    start();
    await stateOf(id).toBe("SENT");
    expect(await centre.deliver(receipt("m999", "UNDELIV"))).toBe(0x64);
  });

  /** A message that the centre has accepted and whose answer was lost, as after a kill, within the lease of its attempt. */
  async function unanswered() {
    centre.drops = 1;
    const id = await aMessage();
    start({ SAGA_LEASE_MS: "60000", SAGA_BACKOFF_BASE_MS: "60000" });
    await expect.poll(() => centre.received.length, { timeout: 15_000 }).toBe(1);
    await expect.poll(() => centre.binds, { timeout: 15_000 }).toBe(2);
    expect((await desk.delivery(id)).state).toBe("WAITING");
    return { id, user_message_reference: centre.received[0]?.reference };
  }

  it("a receipt with the reference of a message whose acceptance was not learned records it, and no second SMS is sent", async () => {
    const { id, user_message_reference } = await unanswered();
    expect(await centre.deliver({ ...receipt("m1", "DELIVRD"), user_message_reference })).toBe(0);
    expect(await desk.delivery(id)).toMatchObject({ state: "SENT", reference: "m1" });
    expect(centre.received).toHaveLength(1);
  });

  it("such a receipt of a phone that was not reached makes the message undelivered", async () => {
    const { id, user_message_reference } = await unanswered();
    expect(await centre.deliver({ ...receipt("m1", "UNDELIV"), user_message_reference })).toBe(0);
    expect(await desk.delivery(id)).toMatchObject({ state: "UNDELIVERED", reason: "UNDELIV" });
  });

  it("such a receipt of another phone records nothing", async () => {
    const { id, user_message_reference } = await unanswered();
    const other = { ...receipt("m1", "DELIVRD"), source_addr: "84912345679", user_message_reference };
    expect(await centre.deliver(other)).toBe(0);
    expect((await desk.delivery(id)).state).toBe("WAITING");
  });

  it("STOP in answer to an SMS stops the messages to this phone, and another text does not", async () => {
    const first = await aMessage();
    start();
    await stateOf(first).toBe("SENT");
    const answer = (short_message: string) => ({
      source_addr: "84912345678",
      destination_addr: "MOTCUA",
      short_message,
    });
    expect(await centre.deliver(answer("Cam on"))).toBe(0);
    const second = await aMessage();
    await stateOf(second).toBe("SENT");
    expect(await centre.deliver(answer("Stop "))).toBe(0);
    const third = await aMessage();
    await stateOf(third).toBe("STOPPED");
    expect(centre.received).toHaveLength(2);
  });
});
