import { expect, test } from "vitest";
import type { ResponseJson } from "../kit/response-json.ts";
import { clerk, sharedWorld } from "../world.ts";
import { aDossier } from "./feedback/feedback-stories.ts";
import { answer, devClock } from "./legal-clock/stories.ts";
import {
  askForPapers,
  askingTexts,
  codesOn,
  otherThan,
  toldCode,
  waitingForPapers,
} from "./supplement-by-code-stories.ts";

const shared = sharedWorld(codesOn);
const OPEN = `query ($code: ID!, $answerCode: String!, $phoneLast4: String!) {
  supplementByCode(code: $code, phoneLast4: $phoneLast4, answerCode: $answerCode) {
    items { code description } problems { code path } } }`;
const ANSWER = `mutation ($code: ID!, $answerCode: String!, $answers: [SupplementAnswerInput!]!) {
  answerSupplementByCode(code: $code, phoneLast4: "5678", answerCode: $answerCode, answers: $answers) {
    problems { code path } } }`;
const WRONG = [{ code: "ANSWER_CODE_WRONG", path: ["answerCode"] }];

const first = ({ data, errors }: { data: ResponseJson; errors?: unknown }): ResponseJson =>
  Object.values(data ?? {})[0] ?? { errors };
const opened = async (code: string, answerCode: string, phoneLast4 = "5678") =>
  first(await shared.current.ask(null, OPEN, { code, answerCode, phoneLast4 }));
const answered = async (code: string, answerCode: string, text = "Đã có") =>
  first(await shared.current.ask(null, ANSWER, { code, answerCode, answers: [{ item: "PHOTO", text }] }));
const stateOf = async (code: string) =>
  (await shared.current.ask(clerk, `{ dossier(code: "${code}") { state parts { state } } }`)).data.dossier.parts[0]
    .state;

test("the code of a message opens the papers that are asked for, and answers them once", async () => {
  const world = shared.current;
  const code = await waitingForPapers(world, ["PHOTO"]);
  const told = await toldCode(world, code);
  const { data } = await world.ask(null, `{ trackDossier(code: "${code}", phoneLast4: "5678") { answeredByCode } }`);
  expect(data.trackDossier.answeredByCode).toBe(true);
  expect(await opened(code, told)).toEqual({ items: [{ code: "PHOTO", description: "Bổ sung PHOTO" }], problems: [] });
  const both = await Promise.all([answered(code, told), answered(code, told)]);
  expect([...both, await answered(code, told)].map(({ problems }) => problems)).toEqual([[], [], []]);
  expect(await stateOf(code)).toBe("PROCESSING");
  const acts = await world.sql("one-stop")`
    select acts.owner, acts.role from acts join dossiers d on d.id = dossier_id where d.code = ${code} and kind = 'ANSWER' and step_id is not null`;
  expect(acts).toMatchObject([{ owner: `answer-code:${code}`, role: "citizen" }]);
  expect((await answered(code, told, "Khác")).problems).toMatchObject([{ code: "IDEMPOTENCY_CONFLICT" }]);
  expect((await opened(code, told)).problems).toMatchObject([{ code: "NOTHING_TO_SUPPLEMENT" }]);
});

test("a wrong code, that of another dossier, and wrong digits open nothing", async () => {
  const world = shared.current;
  const [code, other] = [await waitingForPapers(world, ["PHOTO"]), await waitingForPapers(world, ["PHOTO"])];
  const [told, others] = [await toldCode(world, code), await toldCode(world, other)];
  expect((await opened(code, otherThan(told))).problems).toEqual(WRONG);
  if (others !== told) expect((await answered(code, others)).problems).toEqual(WRONG);
  expect((await opened(code, "")).problems).toEqual(WRONG);
  expect((await opened(code, told, "0000")).errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
  expect(await stateOf(code)).toBe("SUPPLEMENT_NEEDED");
});

test("ten wrong codes make the code void, also at once, and right ones before do not count", async () => {
  const code = await waitingForPapers(shared.current, ["PHOTO"]);
  const told = await toldCode(shared.current, code);
  for (let attempt = 1; attempt <= 3; attempt++) expect((await opened(code, told)).problems).toEqual([]);
  await Promise.all(Array.from({ length: 10 }, () => opened(code, otherThan(told))));
  expect((await opened(code, told)).problems).toEqual(WRONG);
});

test("a code ends with its time, and with the supplement that it was told for", async () => {
  const world = shared.current;
  const code = await waitingForPapers(world, ["PHOTO"]);
  const told = await toldCode(world, code);
  await answer(world, code, "PHOTO");
  expect((await answered(code, told)).problems).toMatchObject([{ code: "NOTHING_TO_SUPPLEMENT" }]);
  await askForPapers(world, code, ["PHOTO"]);
  const newer = await toldCode(world, code, 2);
  if (newer !== told) expect((await answered(code, told)).problems).toEqual(WRONG);
  await devClock(world, "2026-12-08T08:00:00+07:00");
  expect((await opened(code, newer)).problems).toEqual(WRONG);
  await devClock(world, null);
  const [row] = await world.sql("one-stop")`select hash from answer_codes limit 1`;
  expect(row?.hash).not.toContain(newer);
});

test("a supplement with a paper for the desk is told without a code", async () => {
  const world = shared.current;
  const code = await waitingForPapers(world, ["PHOTO", "FAMILY_BOOK"]);
  expect((await askingTexts(world, code, 1))[0]).not.toContain("mã trả lời");
  const { data } = await world.ask(null, `{ trackDossier(code: "${code}", phoneLast4: "5678") { answeredByCode } }`);
  expect(data.trackDossier.answeredByCode).toBe(false);
  expect((await opened(await aDossier(world), "123456")).problems).toEqual(WRONG);
});
