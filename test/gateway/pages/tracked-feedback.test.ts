import { expect, test } from "vitest";
import { aDossier, answerTo, feedbackOn } from "../../one-stop/feedback/feedback-stories.ts";
import { sharedWorld } from "../../world.ts";
import { readPage, sendForm } from "./read-page.ts";

const shared = sharedWorld();
const fields = { phoneLast4: "5678", rating: "4", complaint: "Đề nghị thêm ghế chờ" };
const send = (code: string, sent: Record<string, string> = fields, query = "", headers = {}) =>
  sendForm(`${shared.current.url}/track/${code}/feedback${query}`, sent, headers);

test("feedback of the form is shown on the tracking page, and later the answer; the form is gone", async () => {
  const world = shared.current;
  const code = await aDossier(world);
  const before = await sendForm(`${world.url}/track/${code}`, { phoneLast4: "5678" });
  expect(before.text).toContain(`<form method="post" action="/track/${code}/feedback#feedback">`);
  for (const _ of ["sent", "sent again"]) {
    const { status, text } = await send(code);
    expect(status).toBe(200);
    expect(text).toMatch(/Ông\/bà đã gửi ý kiến lúc <time[^>]*>[^<]*<\/time>.<\/p>\s*<p>Mức độ hài lòng: Hài lòng/);
    expect(text).toMatch(/Hạn trả lời: <time datetime="2026-12-15/);
    expect(text).not.toMatch(/<textarea|ghế chờ/);
  }
  await answerTo(world, (await feedbackOn(world, code)).id, "Đã bổ sung <10> ghế");
  const { text } = await sendForm(`${world.url}/track/${code}`, { phoneLast4: "5678" });
  expect(text).toContain('<p lang="vi">Đã bổ sung &lt;10&gt; ghế</p>');
});

test("the form of feedback keeps what was entered and says what is wrong, in the language of the page", async () => {
  const code = await aDossier(shared.current);
  const empty = await send(code, { phoneLast4: "5678" }, "?lang=en");
  expect(empty.status).toBe(400);
  expect(empty.text).toContain("Choose a rating, or write a complaint");
  const wrong = await send(code, { ...fields, complaint: "Chờ lâu\u200b" });
  expect(wrong.text).toMatch(/<input type="radio" name="rating" value="4" checked>/);
  expect(wrong.text).toMatch(/<textarea[^>]* aria-invalid="true">Chờ lâu/);
  await send(code);
  const second = await send(code, { ...fields, rating: "1" });
  expect([second.status, second.text]).toEqual([400, expect.stringContaining("đã được gửi")]);
});

test("feedback by a form needs the digits, counts wrong ones, and is taken from no other site", async () => {
  const world = shared.current;
  const code = await aDossier(world);
  expect((await send(code, fields, "", { origin: "https://elsewhere.test" })).status).toBe(403);
  expect((await send(code, { rating: "1" })).status).toBe(400);
  for (let attempt = 1; attempt <= 5; attempt++)
    expect((await send(code, { ...fields, phoneLast4: "0000" })).status).toBe(404);
  const locked = await send(code);
  expect([locked.status, Number(locked.headers.get("retry-after"))]).toEqual([429, expect.any(Number)]);
  expect(await feedbackOn(world, code)).toBeUndefined();
});

test("a link to the form of feedback leads to the page of the dossier, and no other page is below it", async () => {
  const { url } = shared.current;
  const { status, headers } = await readPage(`${url}/track/H13.155-261123-9000/feedback?lang=en`);
  expect([status, headers.get("location")]).toEqual([303, "/track/H13.155-261123-9000?lang=en"]);
  expect((await readPage(`${url}/track/H13.155-261123-9000/other`)).status).toBe(404);
});
