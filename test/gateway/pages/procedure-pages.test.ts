import { describe, expect, test } from "vitest";
import { sharedWorld } from "../../world.ts";
import { foreignWorld } from "../kit/foreign-world.ts";
import { readPage } from "./read-page.ts";

const world = sharedWorld();
const get = (path: string, headers: Record<string, string> = {}) =>
  readPage(`${world.current.url}${path}`, { headers });

describe("the page of a procedure", () => {
  test("the page of a procedure shows steps, term, fees, papers, results, legal basis and agency", async () => {
    const { status, text } = await get("/procedures/1.001193");
    expect(status).toBe(200);
    expect(text).toContain('<h1 lang="vi">Thủ tục đăng ký khai sinh</h1>');
    expect(text).toMatch(/Thời hạn giải quyết<\/dt><dd>Trong ngày làm việc<p class="hint" lang="vi">/);
    expect(text).toContain("<li>Lệ phí hộ tịch: miễn phí (trực tiếp, trực tuyến, bưu chính)</li>");
    expect(text).toContain("<li>Nộp hồ sơ: trực tiếp, trực tuyến, bưu chính.</li>");
    expect(text).toContain("Giấy tờ cần nộp");
    expect(text).toContain("Nhận kết quả: Giấy khai sinh.");
    expect(text).toContain("Quyết định 163/QĐ-BTP");
    expect(text).toContain("hộ tịch");
  });

  test("the page of a procedure is in English at a switch, and says that the catalogue itself is Vietnamese", async () => {
    const { text } = await get("/procedures/1.001193?lang=en");
    expect(text).toContain("The catalogue is published in Vietnamese");
    expect(text).toContain("Within the working day");
    expect(text).toContain("free of charge (at the desk, online, by post)");
  });

  test("the page of a procedure without a line of fees says by its note that it is free, and nothing else", async () => {
    const { text } = await get("/procedures/1.003197");
    expect(text).toMatch(/Phí, lệ phí<\/dt><dd><p class="hint" lang="vi">Không thu lệ phí\.<\/p><\/dd>/);
  });

  test("a code of no procedure gets a page with a search", async () => {
    const { status, text } = await get("/procedures/9.999999");
    expect([status, text.includes("Không có thủ tục với mã 9.999999")]).toEqual([404, true]);
  });

  test("a cache may keep the page of a procedure, and asks again by its entity tag", async () => {
    const first = await get("/procedures/1.001193");
    expect(first.headers.get("cache-control")).toBe("public, max-age=300");
    expect(first.headers.get("vary")).toBe("Accept-Encoding");
    const tag = first.headers.get("etag") ?? "";
    const again = await get("/procedures/1.001193", { "if-none-match": `"other", ${tag}` });
    expect([again.status, again.text, again.headers.get("etag")]).toEqual([304, "", tag]);
    expect((await get("/procedures/1.001193?lang=en", { "if-none-match": tag })).status).toBe(200);
  });

  test("while the desk is down the page says so, is kept by no cache, and leads back", async () => {
    await world.current.agencies.disconnect("one-stop");
    const [one, list] = [await get("/procedures/1.001193"), await get("/procedures?q=khai+sinh")];
    await world.current.agencies.reconnect("one-stop");
    for (const { status, headers, text } of [one, list]) {
      expect([status, headers.get("cache-control"), headers.get("retry-after")]).toEqual([503, "no-store", "30"]);
      expect(text).toContain("Chưa xem được danh mục");
    }
    expect(list.text).toContain('href="/procedures?q=khai+sinh"');
  });
});

describe("the list of procedures", () => {
  test("the list is searched without diacritics and by agency, and leads to the pages", async () => {
    const { text } = await get("/procedures?q=khai+sinh&agency=CIVIL_STATUS");
    expect(text).toContain('<a lang="vi" href="/procedures/1.001193">Thủ tục đăng ký khai sinh</a>');
    expect(text).toContain('<option value="CIVIL_STATUS" selected>');
    expect(text).not.toContain("/procedures/1.004222");
  });

  test("the pages of the list have every procedure once", async () => {
    const codes: string[] = [];
    for (let path: string | undefined = "/procedures"; path !== undefined; ) {
      const { text }: { text: string } = await get(path);
      codes.push(...[...text.matchAll(/<li><a lang="vi" href="\/procedures\/([\d.]+)"/g)].map(([, code = ""]) => code));
      path = /rel="next" href="([^"]+)"/.exec(text)?.[1]?.replaceAll("&amp;", "&");
    }
    const [row] = await world.current.sql("one-stop")`select count(*)::int as all from procedures`;
    expect(codes.length).toBe(row?.all);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test("words that no procedure has get advice, and a cursor that was not given is refused by a page", async () => {
    expect((await get("/procedures?q=xyzxyz")).text).toContain("Không tìm thấy thủ tục nào");
    const { status, text } = await get("/procedures?after=nonsense");
    expect([status, text.includes("Yêu cầu không hợp lệ")]).toEqual([400, true]);
  });
});

test("a gateway of another graph has no such pages", async () => {
  const foreign = await foreignWorld();
  for (const path of ["/track", "/procedures", "/track/H13.155-261123-0001/qr.svg"]) {
    expect((await readPage(`${foreign.url}${path}`)).status).toBe(404);
  }
  await foreign.close();
});
