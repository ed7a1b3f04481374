import { expect, test } from "vitest";
import { bearer } from "../../kit/ask-agency.ts";
import { shortBackoff } from "../../kit/dossier-outcomes.ts";
import { clerk, sharedWorld } from "../../world.ts";
import { aKey, decide, devClock, registrar } from "../legal-clock/stories.ts";
import {
  aDossier,
  answerTo,
  declarant,
  feedbackOn,
  give,
  giveByReceipt,
  leader,
  listed,
  noteCall,
} from "./feedback-stories.ts";

const shared = sharedWorld({ "one-stop": { ...shortBackoff["one-stop"], FEEDBACK_ANSWER_DAYS: "5" } });
const AVERAGES = `query { ratingAverages(since: "2026-01-01T00:00:00+07:00", until: "2027-01-01T00:00:00+07:00") {
  officer { id } field ratings average } }`;

async function aComplaint(): Promise<{ code: string; id: string }> {
  const code = await aDossier(shared.current);
  await giveByReceipt(shared.current, code, { rating: 1, complaint: "Chưa được hướng dẫn rõ" });
  return { code, id: (await feedbackOn(shared.current, code)).id };
}

test("the office answers a complaint once; its giver reads the answer, and the second person learns who did", async () => {
  const world = shared.current;
  const { code, id } = await aComplaint();
  expect((await answerTo(world, id, " ")).problems).toMatchObject([{ code: "TEXT_EMPTY", path: ["answer"] }]);
  const key = aKey();
  for (const _ of [1, 2])
    expect(await answerTo(world, id, "Đã nhắc nhở cán bộ", key)).toMatchObject({
      ...{ problems: [], feedback: { id, answer: "Đã nhắc nhở cán bộ" } },
    });
  expect((await answerTo(world, id, "Khác", key)).problems).toMatchObject([{ code: "IDEMPOTENCY_CONFLICT" }]);
  expect((await answerTo(world, id, "Khác", aKey(), leader)).problems).toMatchObject([
    { code: "FEEDBACK_ANSWERED", path: ["id"] },
  ]);
  const { data } = await world.ask(
    null,
    `{ trackDossier(code: "${code}", phoneLast4: "5678") { feedback { rating answer } } }`,
  );
  expect(data.trackDossier.feedback).toEqual({ rating: 1, answer: "Đã nhắc nhở cán bộ" });
});

test("of two answers at once one stands", async () => {
  const { id } = await aComplaint();
  const both = await Promise.all(["Một", "Hai"].map((text) => answerTo(shared.current, id, text)));
  expect(both.map(({ problems }) => problems[0]?.code ?? "ANSWERED").sort()).toEqual(["ANSWERED", "FEEDBACK_ANSWERED"]);
});

test("a rating alone is not answered, and feedback out of reach is not found", async () => {
  const world = shared.current;
  const code = await aDossier(world);
  await giveByReceipt(world, code, { rating: 4 });
  const { id } = await feedbackOn(world, code);
  expect((await answerTo(world, id, "Cảm ơn")).problems).toMatchObject([{ code: "FEEDBACK_WITHOUT_COMPLAINT" }]);
  for (const [who, wrong] of [
    [bearer("clerk", { office: "31474" }), id],
    [clerk, "no id"],
  ] as const)
    expect((await answerTo(world, wrong, "-", aKey(), who)).errors).toMatchObject([
      { extensions: { code: "NOT_FOUND" } },
    ]);
  expect((await answerTo(world, id, "-", aKey(), declarant)).errors).toMatchObject([
    { extensions: { code: "FORBIDDEN" } },
  ]);
});

test("the desk notes a call once for a key, about a dossier or about none", async () => {
  const world = shared.current;
  const code = await aDossier(world);
  const input = { dossier: code, feedback: { complaint: "Người gọi chưa nhận được tin nhắn" } };
  const key = aKey();
  const twice = await Promise.all([noteCall(world, input, key), noteCall(world, input, key)]);
  expect(twice[0].feedback).toMatchObject({ channel: "HOTLINE", field: "civil_status", dossier: { code } });
  expect(twice[1].feedback.id).toBe(twice[0].feedback.id);
  expect((await noteCall(world, { feedback: { rating: 3 } }, key)).problems).toMatchObject([
    { code: "IDEMPOTENCY_CONFLICT" },
  ]);
  const general = await noteCall(world, { field: "land", feedback: { rating: 3 } });
  expect(general.feedback).toMatchObject({ field: "land", rating: 3, dossier: null });
  expect((await noteCall(world, { field: "x", feedback: {} })).problems).toMatchObject([
    { code: "FEEDBACK_EMPTY", path: ["input", "feedback"] },
    { code: "FIELD_UNKNOWN", path: ["input", "field"] },
  ]);
  const elsewhere = bearer("clerk", { office: "31474" });
  expect((await noteCall(world, input, aKey(), elsewhere)).errors).toMatchObject([
    { extensions: { code: "NOT_FOUND" } },
  ]);
  expect((await noteCall(world, input, aKey(), declarant)).errors).toMatchObject([
    { extensions: { code: "FORBIDDEN" } },
  ]);
});

test("an unanswered complaint is marked a working day before its term ends, and is overdue after it", async () => {
  const world = shared.current;
  const { code, id } = await aComplaint();
  const complaint = () => feedbackOn(world, code);
  expect(await complaint()).toMatchObject({ answerBy: "2026-12-01T23:59:59+07:00", remindedAt: null, overdue: false });
  await devClock(world, "2026-11-30T08:00:00+07:00");
  await expect.poll(async () => (await complaint()).remindedAt, { timeout: 15_000 }).not.toBeNull();
  expect((await listed(world, { overdue: true })).nodes).toEqual([]);
  await devClock(world, "2026-12-02T08:00:00+07:00");
  const marked = () => world.sql("one-stop")`select 1 from feedback where id = ${id} and overdue_at is not null`;
  await expect.poll(async () => (await marked()).length, { timeout: 15_000 }).toBe(1);
  expect(await complaint()).toMatchObject({ overdue: true });
  const isIn = async (filter: object) =>
    (await listed(world, filter)).nodes.some((each: { id: string }) => each.id === id);
  expect(await Promise.all([isIn({ overdue: true }), isIn({ overdue: false }), isIn({ unanswered: true })])).toEqual([
    ...[true, false, true],
  ]);
  await answerTo(world, id, "Đã trả lời muộn, mong ông/bà thông cảm");
  expect(await complaint()).toMatchObject({ overdue: false });
  expect(await Promise.all([isIn({ overdue: true }), isIn({ overdue: false }), isIn({ unanswered: false })])).toEqual([
    ...[false, true, true],
  ]);
  await devClock(world, null);
});

test("a leader sees whom feedback concerns and the averages by officer and field; a clerk does not", async () => {
  const world = shared.current;
  for (const rating of [2, 5]) {
    const code = await aDossier(world);
    const { data } = await world.ask(clerk, `{ dossier(code: "${code}") { parts { id } } }`);
    await decide(world, data.dossier.parts[0].id, { refuse: { reason: "Thiếu điều kiện", legalBasis: "Điều 8" } });
    expect((await give(world, code, { rating })).problems).toEqual([]);
  }
  const officer = "demo:registrar:31471";
  const { data } = await world.ask(leader, AVERAGES);
  const own = data.ratingAverages.find((each: { officer: { id: string } }) => each.officer.id === officer);
  expect(own).toEqual({ officer: { id: officer }, field: "civil_status", ratings: 2, average: 3.5 });
  expect(await listed(world, { officer }, leader)).toMatchObject({ totalCount: 2 });
  expect(await listed(world, { officer, ratings: [5], field: "civil_status" }, leader)).toMatchObject({
    totalCount: 1,
  });
  for (const who of [clerk, registrar]) {
    const { errors } = await world.ask(who, AVERAGES);
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  }
  expect((await listed(world, { officer })).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  const { errors } = await world.ask(clerk, "{ feedback(first: 1) { nodes { officers { id } } } }");
  expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
});

test("the list of feedback has pages without gaps or repetition, and a foreign cursor is refused", async () => {
  const world = shared.current;
  for (let call = 0; call < 5; call++) await noteCall(world, { field: "social", feedback: { rating: 1 + call } });
  const filter = { field: "social" };
  const ratings: number[] = [];
  for (let after: string | null = null; ; ) {
    const { nodes, pageInfo, totalCount } = await listed(world, filter, clerk, { first: 2, after });
    expect(totalCount).toBe(5);
    ratings.push(...nodes.map(({ rating }: { rating: number }) => rating));
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  expect(ratings.sort()).toEqual([1, 2, 3, 4, 5]);
  expect((await listed(world, filter, clerk, { first: 2, after: "x" })).errors).toMatchObject([
    { extensions: { code: "BAD_USER_INPUT", argument: "after" } },
  ]);
});
