import { beforeAll, describe, expect, test } from "vitest";
import { aBirthRequest, dossierThatIs, submit } from "../../given.ts";
import { inFaultMode, shortBackoff } from "../../kit/dossier-outcomes.ts";
import { sharedWorld } from "../../world.ts";
import { readPage, sendForm } from "./read-page.ts";

const world = sharedWorld(shortBackoff);
const digits = { phoneLast4: "5678" };
const pageOf = (code: string, fields: Record<string, string> = digits, query = "") =>
  sendForm(`${world.current.url}/track/${code}${query}`, fields);

async function aDossier(): Promise<string> {
  const { data } = await submit(world.current, aBirthRequest());
  return data.submitBirthBundle.dossier.code;
}

describe("the page of a dossier", () => {
  let code: string;
  beforeAll(async () => {
    code = await aDossier();
    await dossierThatIs(world.current, code, ({ outcome }) => outcome === "GRANTED");
  });

  test("the tracking page shows state, place, due date with its reasons, duties and parts in Vietnamese", async () => {
    const { status, text } = await pageOf(code);
    expect(status).toBe(200);
    expect(text).toContain('<html lang="vi">');
    expect(text).toContain("Đã giải quyết xong: được giải quyết");
    expect(text).toMatch(/Hồ sơ đang ở đâu<\/dt><dd>Đã giải quyết xong, kết quả ở Bộ phận Một cửa /);
    expect(text).toMatch(/Hẹn trả kết quả<\/dt><dd><time datetime="2026-11-27T23:59:59\+07:00">hết ngày 27\/11\/2026/);
    expect(text).toContain("Hồ sơ được nộp lúc");
    expect(text.match(/<li class="part part-granted">/g)).toHaveLength(3);
    expect(text).toContain("Đến Bộ phận Một cửa nhận kết quả.");
    expect(text).toMatch(/Cập nhật lúc<\/dt><dd><time datetime="2026-11-23T/);
  });

  test("the tracking page is in English at a switch, with the same facts", async () => {
    const { text, headers } = await pageOf(code, digits, "?lang=en");
    expect(headers.get("content-language")).toBe("en");
    expect(text).toContain("Decided: granted");
    expect(text).toContain("Collect the results at the one-stop desk.");
    expect(text).toContain("Civil status registry");
  });

  test("the tracking page shows no name, number or address of a person", async () => {
    const { data } = await world.current.ask(
      { persona: "clerk" },
      `{ dossier(code: "${code}") { applicant { fullName } } }`,
    );
    const { text } = await pageOf(code);
    expect(text).not.toContain(data.dossier.applicant.fullName);
    expect(text).not.toMatch(/Phạm Minh Khôi|0912345678|Số 12|\b\d{12}\b/);
  });

  test("the tracking page may be kept by no cache, and its policy allows neither scripts nor other hosts", async () => {
    const { headers, text } = await pageOf(code);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';/,
    );
    expect(text).not.toMatch(/<script|<style|style=|onclick|https?:/);
  });

  test("the code may be written in lower case, and the digits stand in no address", async () => {
    const { text, status } = await pageOf(code.toLowerCase());
    expect(status).toBe(200);
    expect(text).not.toMatch(/(?:href|action|src)="[^"]*5678/);
  });

  test("the style sheet of the page is compressed, and cached for ever by the hash in its name", async () => {
    const { text } = await pageOf(code);
    const [, href = ""] = /<link rel="stylesheet" href="([^"]+)"/.exec(text) ?? [];
    const sheet = await readPage(`${world.current.url}${href}`);
    expect(sheet.status).toBe(200);
    expect(sheet.headers.get("content-type")).toBe("text/css; charset=utf-8");
    expect(sheet.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect((await readPage(`${world.current.url}/pages/pages-0000000000000000.css`)).status).toBe(404);
    const compressed = await readPage(`${world.current.url}${href}`, { headers: { "accept-encoding": "br" } });
    expect(compressed.headers.get("content-encoding")).toBe("br");
    expect(compressed.text).toBe(sheet.text);
  });
});

describe("a dossier on its way", () => {
  test("the tracking page names the agency that does not respond, and what is waited for", async () => {
    await world.current.agencies.disconnect("health-insurance");
    const { data } = await submit(world.current, aBirthRequest(), { waitMs: 500 });
    const { code } = data.submitBirthBundle.dossier;
    await dossierThatIs(
      world.current,
      code,
      ({ parts }) => parts[2].delivery.attempts > 0 && parts[1].state === "GRANTED",
    );
    const { text } = await pageOf(code);
    expect(text).toContain("Đang giải quyết");
    expect(text).toMatch(/Hồ sơ đang ở đâu<\/dt><dd>Đang chờ Bảo hiểm xã hội[^<]*: kết nối gián đoạn[^<]* \(từ <time/);
    expect(text).toContain("Ông/bà chưa cần làm gì.");
    await world.current.agencies.reconnect("health-insurance");
  });

  test("the tracking page tells which papers to hand in, where and until when", async () => {
    const code = await inFaultMode(world.current, "RESIDENCE", "ASKS_FOR_PAPERS", async () => {
      const asked = await aDossier();
      await dossierThatIs(world.current, asked, ({ state }) => state === "AWAITING_CITIZEN");
      return asked;
    });
    const { text } = await pageOf(code);
    expect(text).toMatch(/<p class="state state-awaiting_citizen">Đang chờ ông\/bà<\/p>/);
    expect(text).toMatch(/<li>Bổ sung: [^<]+<\/li>/);
    expect(text).toContain("Đề nghị nộp giấy tờ bổ sung tại Bộ phận Một cửa Phường Long Mỹ");
    expect(text).toMatch(/Hạn bổ sung: <time datetime="2026-12-03T23:59:59\+07:00">/);
  });

  test("while the desk is down the tracking page says so in words, with a button to try again", async () => {
    const code = await aDossier();
    await world.current.agencies.disconnect("one-stop");
    const { status, headers, text } = await pageOf(code);
    await world.current.agencies.reconnect("one-stop");
    expect(status).toBe(503);
    expect(headers.get("retry-after")).toBe("30");
    expect(text).toContain("hệ thống của Bộ phận Một cửa chưa trả lời");
    expect(text).toContain("Thử lại");
  });
});

describe("what is asked before", () => {
  test("the page of a code asks for the digits of the phone before it shows anything", async () => {
    const { status, text } = await readPage(`${world.current.url}/track/H13.155-261123-9000`);
    expect(status).toBe(200);
    expect(text).toContain("4 số cuối của số điện thoại");
  });

  test("a form for the code leads to its page", async () => {
    const form = await readPage(`${world.current.url}/track`);
    expect(form.text).toContain('<input id="code" name="code"');
    const found = await readPage(`${world.current.url}/track?code=+h13.155-261123-9000&lang=en`);
    expect([found.status, found.headers.get("location")]).toEqual([303, "/track/H13.155-261123-9000?lang=en"]);
  });

  test.each(["/track/H13", "/track/H13.155-269999-0001", "/track/%E0%A4%A", "/track?code=123"])(
    "a malformed code (%s) gets a page that shows how a code looks",
    async (path) => {
      const { status, text } = await readPage(`${world.current.url}${path}`);
      expect(status).toBe(400);
      expect(text).toContain("ví dụ H13.155-261123-0001");
    },
  );

  test("text of an address is shown as text", async () => {
    const { text } = await readPage(
      `${world.current.url}/track?code=${encodeURIComponent('"><script>alert(1)</script>')}`,
    );
    expect(text).toContain("&quot;&gt;&lt;script&gt;");
    expect(text).not.toContain("<script>");
  });

  test("letters in place of digits are refused without an attempt at the code", async () => {
    const code = await aDossier();
    const { status, text } = await pageOf(code, { phoneLast4: "abcd" });
    expect([status, text.includes("đúng 4 chữ số")]).toEqual([400, true]);
    expect(await world.current.sql("one-stop")`select 1 from tracking_attempts where code = ${code}`).toEqual([]);
  });
});

describe("whoever guesses on the page", () => {
  test("wrong digits and unknown codes look alike, and the fifth wrong attempt locks the code with the remaining time", async () => {
    const code = await aDossier();
    const wrong = await pageOf(code, { phoneLast4: "0000" });
    const unknown = await pageOf("H13.155-261123-9001", { phoneLast4: "0000" });
    expect([wrong.status, unknown.status]).toEqual([404, 404]);
    expect(unknown.text.replaceAll("H13.155-261123-9001", code)).toBe(wrong.text);
    for (let attempt = 2; attempt <= 5; attempt++) await pageOf(code, { phoneLast4: "0000" });
    const locked = await pageOf(code);
    expect(locked.status).toBe(429);
    expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(3_500);
    expect(locked.text).toContain("Đề nghị thử lại sau 60 phút.");
  });

  test("a page of another site may link to the tracking page, and may not send its form", async () => {
    const url = `${world.current.url}/track/H13.155-261123-9002`;
    expect((await readPage(url, { headers: { "sec-fetch-site": "cross-site" } })).status).toBe(200);
    const sent = await sendForm(url, digits, { "sec-fetch-site": "cross-site" });
    expect(sent.status).toBe(403);
    expect(sent.text).toContain("Yêu cầu không hợp lệ");
    expect(
      await world.current.sql("one-stop")`select 1 from tracking_attempts where code = 'H13.155-261123-9002'`,
    ).toEqual([]);
  });

  test.each([
    [415, { body: "{}", headers: { "content-type": "application/json" } }],
    [413, { body: new URLSearchParams({ phoneLast4: "1".repeat(3_000) }) }],
  ])("a form that cannot be read is answered by a page with %i", async (status, init) => {
    const answer = await readPage(`${world.current.url}/track/H13.155-261123-9003`, { method: "POST", ...init });
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
  });
});
