import { afterEach, describe, expect, it } from "vitest";
import { aBirthRequest, type BirthInput, dossierThatIs } from "../../given.ts";
import {
  acknowledged,
  type DossierData,
  inFaultMode,
  isDone,
  pause,
  shortBackoff,
} from "../../kit/dossier-outcomes.ts";
import { clerk, contract, sharedWorld, TODAY } from "../../world.ts";
import { aKey, answer, ask, decide, devClock, submitted } from "../legal-clock/stories.ts";
import { expectTold } from "./spooled-files.ts";

const TRACKING = "https://motcua.example.vn/track";
const world = sharedWorld({ "one-stop": { ...shortBackoff["one-stop"], MESSAGE_TRACKING_URL: TRACKING } });
afterEach(() => devClock(world.current, TODAY));
const MARITAL_STATUS = "1.004873";
const MARRIAGE = "1.000894";
const told = (code: string, kinds: readonly string[]) => expectTold(world.current, code, kinds);
/** Time for messages that must not be made. */
const looks = () => pause(700);

type SeenMessage = { id: string; kind: string; deliveries: { channel: string; state: string; endedAt: string }[] };
/** Messages as the desk sees them. */
async function messagesOf(code: string): Promise<SeenMessage[]> {
  const query = `query ($code: ID!) { dossier(code: $code) { messages { id kind at deliveries { channel state endedAt } } } }`;
  const { data, errors } = await world.current.ask(clerk, query, { code });
  expect(errors).toBeUndefined();
  return data.dossier.messages;
}
const withdraw = (dossier: string) =>
  ask(world.current, clerk, "withdraw-dossier", { dossier, reason: "Không còn nhu cầu", idempotencyKey: aKey() });

describe("a 3-in-1 that is granted", () => {
  it("is told twice: when it is received and when all is ready, without a name or a number of a person", async () => {
    const input = aBirthRequest();
    const { code } = await acknowledged(world.current, input);
    await dossierThatIs(world.current, code, isDone);
    const messages = await told(code, ["RECEIVED", "RESULT_READY"]);
    expect(messages[0]).toMatchObject({ to: { phone: "0912345678", email: null } });
    expect(messages[0]?.text).toContain(`Tra cứu hồ sơ: ${TRACKING}/${code}`);
    expect(messages[1]?.text).toContain("Chúc mừng gia đình.");
    const names = [input.child.fullName, input.mother.fullName, input.mother.personalId ?? ""];
    for (const { subject, text, sms } of messages)
      for (const name of names) expect(`${subject} ${text} ${sms}`).not.toContain(name);
    await looks();
    await told(code, ["RECEIVED", "RESULT_READY"]);
    const given = { method: "DESK", receivedBy: { fullName: "Lê Thị Thử Nghiệm", personalId: "093195000017" } };
    const variables = { dossier: code, input: { ...given, receiptCode: "R1" }, idempotencyKey: aKey() };
    await world.current.ask(clerk, contract("return-results"), variables);
    const last = (await told(code, ["RECEIVED", "RESULT_READY", "RETURNED"])).map(({ id }) => id);
    await expect
      .poll(async () => (await messagesOf(code)).at(-1)?.deliveries, { timeout: 10_000 })
      .toMatchObject([{ channel: "FILE", state: "SENT", endedAt: expect.stringMatching(/^2026-11-23T/) }]);
    const seen = await messagesOf(code);
    expect(seen.map(({ id, kind }) => `${kind} ${id}`)).toEqual(
      ["RECEIVED", "RESULT_READY", "RETURNED"].map((kind, n) => `${kind} ${last[n]}`),
    );
  });

  it("is told once that it is ready where electronic results are returned at the same moment", async () => {
    const input = { ...aBirthRequest(), handover: { method: "ELECTRONIC", paperCopies: 0 } };
    const { code } = await acknowledged(world.current, input);
    await dossierThatIs(world.current, code, ({ state }) => state === "RETURNED");
    const messages = await told(code, ["RECEIVED", "RESULT_READY"]);
    expect(messages[1]?.sms).toContain("đã có kết quả điện tử");
    await looks();
    await told(code, ["RECEIVED", "RESULT_READY"]);
  });
});

it("a supplement is asked for with its last day, and reminded of before the term ends", async () => {
  await devClock(world.current, "2026-03-09T09:00:00+07:00");
  const input = aBirthRequest();
  input.child.dateOfBirth = "2026-03-02";
  const { code } = await inFaultMode(world.current, "HEALTH_INSURANCE", "ASKS_FOR_PAPERS", async () => {
    const dossier = await acknowledged(world.current, input);
    await dossierThatIs(world.current, dossier.code, ({ state }) => state === "AWAITING_CITIZEN");
    return dossier;
  });
  const [, asked] = await told(code, ["RECEIVED", "SUPPLEMENT_ASKED"]);
  expect(asked?.sms).toContain("cần bổ sung, hạn 18/03/2026");
  await devClock(world.current, "2026-03-17T09:00:00+07:00");
  const reminded = await told(code, ["RECEIVED", "SUPPLEMENT_ASKED", "SUPPLEMENT_REMINDER"]);
  expect(reminded[2]?.text).toContain("trước hết ngày 18/03/2026");
  await devClock(world.current, "2026-03-19T08:00:10+07:00");
  await told(code, ["RECEIVED", "SUPPLEMENT_ASKED", "SUPPLEMENT_REMINDER", "RESULT_PARTLY_READY"]);
});

it("a supplement that an officer asks for is told again if it is asked for again", async () => {
  const { code, parts } = await submitted(world.current, MARRIAGE);
  const supplement = { items: [{ code: "PAPER", text: "Bổ sung", legalBasis: "điều 7 Nghị định 118/2025/NĐ-CP" }] };
  await decide(world.current, parts[0].id, { supplement });
  await told(code, ["RECEIVED", "SUPPLEMENT_ASKED"]);
  await answer(world.current, code, "PAPER");
  await decide(world.current, parts[0].id, { supplement });
  await told(code, ["RECEIVED", "SUPPLEMENT_ASKED", "SUPPLEMENT_ASKED"]);
});

it("a birth that is declared online is told with its draft certificate and the last day to confirm it", async () => {
  const input: BirthInput = { ...aBirthRequest(), channel: "ONLINE" };
  input.declarant.email = "nguoi.nop@example.test";
  const { code } = await acknowledged(world.current, input);
  const [message] = await told(code, ["CERTIFICATE_TO_CONFIRM"]);
  expect(message).toMatchObject({ to: { phone: "0912345678", email: "nguoi.nop@example.test" } });
  expect(message?.text).toContain("trước hết ngày 25/11/2026");
});

it("a new date is told with an apology, and the desk's own reminder is not told", async () => {
  await devClock(world.current, "2026-03-10T09:00:00+07:00");
  const { code } = await submitted(world.current, MARITAL_STATUS);
  await devClock(world.current, "2026-03-12T15:00:01+07:00");
  const [, message] = await told(code, ["RECEIVED", "NEW_DATE"]);
  expect(message?.sms).toMatch(/^Xin lỗi ông\/bà: hồ sơ .* hẹn lại 17\/03\/2026$/);
});

it("a refusal and a withdrawal are told, each once", async () => {
  const [refused, withdrawn] = [await submitted(world.current, MARRIAGE), await submitted(world.current, MARRIAGE)];
  const refuse = { reason: "Không đủ điều kiện", legalBasis: "Luật Hôn nhân và gia đình, Điều 8" };
  const { problems }: DossierData = await decide(world.current, refused.parts[0].id, { refuse });
  expect(problems).toEqual([]);
  await withdraw(withdrawn.code);
  await withdraw(withdrawn.code);
  await told(refused.code, ["RECEIVED", "REFUSED"]);
  await told(withdrawn.code, ["RECEIVED", "WITHDRAWN"]);
});

it("messages that were made in quiet hours go out in the morning, in their order", async () => {
  await devClock(world.current, "2026-11-23T21:00:00+07:00");
  const { code } = await submitted(world.current, MARRIAGE);
  await withdraw(code);
  await looks();
  await told(code, []);
  await devClock(world.current, "2026-11-24T07:00:00+07:00");
  await told(code, ["RECEIVED", "WITHDRAWN"]);
});

it("a desk that was down tells afterwards what has changed meanwhile, once", async () => {
  const { code } = await submitted(world.current, MARRIAGE);
  await told(code, ["RECEIVED"]);
  await world.current.agencies.disconnect("one-stop");
  await world.current.agencies.reconnect("one-stop");
  await withdraw(code);
  await told(code, ["RECEIVED", "WITHDRAWN"]);
});
