import { expect, test } from "vitest";
import { bearer, citizen } from "../../kit/ask-agency.ts";
import { clerk, sharedWorld } from "../../world.ts";
import { aDossier, declarant, feedbackOn, give, giveByReceipt, listed } from "./feedback-stories.ts";

const shared = sharedWorld();

test("the holder of the receipt rates and complains without an account, once for a dossier", async () => {
  const world = shared.current;
  const code = await aDossier(world);
  const said = { rating: 2, complaint: "Phải chờ lâu.\r\nĐề nghị thêm quầy." };
  for (const _ of [1, 2])
    expect(await giveByReceipt(world, code, said)).toMatchObject({
      problems: [],
      feedback: { rating: 2, answerBy: "2026-12-15T23:59:59+07:00", answer: null },
    });
  expect((await giveByReceipt(world, code, { rating: 5 })).problems).toEqual([
    { code: "FEEDBACK_GIVEN", path: ["feedback"] },
  ]);
  expect(await feedbackOn(world, code)).toMatchObject({
    ...{ channel: "RECEIPT", rating: 2, complaint: "Phải chờ lâu. Đề nghị thêm quầy." },
    ...{ field: "civil_status", overdue: false },
  });
});

test("a rating without a complaint has no term to answer", async () => {
  const world = shared.current;
  const code = await aDossier(world);
  expect((await giveByReceipt(world, code, { rating: 5 })).feedback).toMatchObject({ rating: 5, answerBy: null });
});

test("of two different feedbacks at once one is stored and the other is refused", async () => {
  const world = shared.current;
  const code = await aDossier(world);
  const both = await Promise.all([
    giveByReceipt(world, code, { rating: 1 }),
    giveByReceipt(world, code, { rating: 5 }),
  ]);
  expect(both.map(({ problems }) => problems[0]?.code ?? "GIVEN").sort()).toEqual(["FEEDBACK_GIVEN", "GIVEN"]);
  const rows = await world.sql("one-stop")`
    select 1 from feedback join dossiers on dossiers.id = dossier_id where code = ${code}`;
  expect(rows).toHaveLength(1);
});

test("the declarant's account and the receipt give one feedback together; another party gives an own one", async () => {
  const world = shared.current;
  const code = await aDossier(world);
  expect((await give(world, code, { rating: 4 })).problems).toEqual([]);
  expect((await giveByReceipt(world, code, { rating: 3 })).problems).toMatchObject([{ code: "FEEDBACK_GIVEN" }]);
  expect((await giveByReceipt(world, code, { rating: 4 })).problems).toEqual([]);
  const { data } = await world.ask(declarant, `{ dossier(code: "${code}") { myFeedback { rating } } }`);
  expect(data.dossier.myFeedback).toEqual({ rating: 4 });
  await world.sql("one-stop")`update dossiers set parties = parties || ' 093193000018' where code = ${code}`;
  const other = citizen("093193000018");
  expect((await give(world, code, { rating: 1 }, other)).problems).toEqual([]);
});

test.each([
  ["without content", {}, [{ code: "FEEDBACK_EMPTY", path: ["feedback"] }]],
  ["of spaces", { complaint: " \n " }, [{ code: "FEEDBACK_EMPTY", path: ["feedback"] }]],
  ["with a rating of 6", { rating: 6 }, [{ code: "RATING_IMPOSSIBLE", path: ["feedback", "rating"] }]],
  ["that is too long", { complaint: "a".repeat(2_001) }, [{ code: "TEXT_TOO_LONG", path: ["feedback", "complaint"] }]],
  [
    "with two problems",
    { rating: 0, complaint: "a\u200bb" },
    [{ code: "RATING_IMPOSSIBLE" }, { code: "TEXT_INVISIBLE_CHARACTER", path: ["feedback", "complaint"] }],
  ],
])("feedback %s is refused with all its problems", async (_, feedback, problems) => {
  const code = await aDossier(shared.current);
  expect((await giveByReceipt(shared.current, code, feedback)).problems).toMatchObject(problems);
});

test("wrong digits count as attempts at the code, for feedback and for tracking together", async () => {
  const world = shared.current;
  const code = await aDossier(world);
  for (let attempt = 1; attempt <= 5; attempt++)
    expect((await giveByReceipt(world, code, { rating: 1 }, "0000")).errors).toMatchObject([
      { extensions: { code: "NOT_FOUND" } },
    ]);
  expect((await giveByReceipt(world, code, { rating: 1 })).errors).toMatchObject([
    { extensions: { code: "RATE_LIMITED" } },
  ]);
  const { errors } = await world.ask(null, `{ trackDossier(code: "${code}", phoneLast4: "5678") { state } }`);
  expect(errors).toMatchObject([{ extensions: { code: "RATE_LIMITED" } }]);
});

test("feedback on a dossier of others, by others than citizens, and its list are refused", async () => {
  const world = shared.current;
  const code = await aDossier(world);
  expect((await give(world, code, { rating: 1 }, citizen("093193000018"))).errors).toMatchObject([
    { extensions: { code: "NOT_FOUND" } },
  ]);
  expect((await give(world, code, { rating: 1 }, clerk)).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  expect((await listed(world, {}, declarant)).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  await giveByReceipt(world, code, { rating: 1 });
  const elsewhere = bearer("clerk", { office: "31474" });
  expect(await listed(world, {}, elsewhere)).toMatchObject({ nodes: [], totalCount: 0 });
});
