import jsQR from "jsqr";
import { describe, expect, test, vi } from "vitest";
import { code128 } from "../../../gateway/papers/drawing/code128.ts";
import { readFonts } from "../../../gateway/papers/drawing/fonts.ts";
import { dateInWords } from "../../../gateway/papers/kinds/date-in-words.ts";
import { renderPaper } from "../../../gateway/papers/render-paper.ts";
import { hasRenderer, type Picture, picture, readPdf } from "../kit/read-pdf.ts";
import { aPaper, LETTERS } from "./sample-papers.ts";

const FONTS = readFonts();

describe("the bytes of a paper", () => {
  test("the same paper gives the same bytes, also from modules and fonts that were loaded anew", async () => {
    const first = await renderPaper(aPaper(3), FONTS);
    await renderPaper(aPaper(9), FONTS); // another paper between
    expect(await renderPaper(aPaper(3), FONTS)).toEqual(first);
    vi.resetModules();
    const { renderPaper: again } = await import("../../../gateway/papers/render-paper.ts");
    expect(again).not.toBe(renderPaper);
    expect(await again(aPaper(3), readFonts())).toEqual(first);
    expect(await again(aPaper(4), readFonts())).not.toEqual(first);
  });

  test("the essentials of PDF/A-2b are there, and nothing that it forbids", async () => {
    const bytes = (await renderPaper(aPaper(3), FONTS)).toString("latin1");
    expect(bytes.startsWith("%PDF-1.7\n%\xFF\xFF\xFF\xFF")).toBe(true);
    expect(bytes).toMatch(/<pdfaid:part>2<\/pdfaid:part>\s*<pdfaid:conformance>B<\/pdfaid:conformance>/);
    expect(bytes).toContain("/S /GTS_PDFA1");
    expect(bytes).toContain("/DestOutputProfile");
    expect(bytes).toMatch(/\/ID \[<([0-9a-f]{32})> <\1>\]/);
    expect(bytes).toContain("(D:20260105020000Z)");
    expect(bytes).toContain("<xmp:CreateDate>2026-01-05T02:00:00Z</xmp:CreateDate>");
    expect(bytes).toContain("/Lang (vi-VN)");
    expect(bytes).toContain("/DisplayDocTitle true");
    expect(bytes).toContain("/MarkInfo");
    const embedded = bytes.match(/\/FontFile2 /g)?.length;
    expect(embedded).toBe(3);
    expect(bytes.match(/\/BaseFont \/[A-Z]{6}\+Tinos/g)).toHaveLength(2 * (embedded ?? 0));
    for (const forbidden of ["/Encrypt", "/JavaScript", "/Launch", "/SMask", "/LZWDecode", "/Annots [", "/XFA"])
      expect(bytes, forbidden).not.toContain(forbidden);
  });
});

describe("the letters of a paper", () => {
  test("every Vietnamese letter is drawn from the embedded fonts and is read back composed", async () => {
    const { text, glyphs } = await readPdf(await renderPaper(aPaper(3), FONTS));
    expect(glyphs.length).toBeGreaterThan(500);
    expect(glyphs).not.toContain(0); // .notdef
    expect(text.replaceAll(" ", "")).toContain(LETTERS);
    expect(text).toContain("NGUYỄN THỊ Ễ Ự ữ");
    expect(text).toContain("Lê Thị Thử Nghiệm".normalize("NFC"));
    expect(text).toContain("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ");
    expect(text).toContain("ngày 05 tháng 01 năm 2026");
    expect(text).toMatch(/Địa chỉ: Address …{10}/);
  });

  test("a long list goes on over pages, each of which tells its number and the dossier", async () => {
    const { pages, text } = await readPdf(await renderPaper(aPaper(120), FONTS));
    expect(pages.length).toBeGreaterThan(2);
    for (const [place, page] of pages.entries())
      expect(page).toContain(`Hồ sơ H13.155-260105-0001 · Trang ${place + 1}/${pages.length}`);
    expect(text).toContain("Giấy tờ thứ 120 của hồ sơ");
    expect(pages.at(-1)).toContain("NGƯỜI NỘP HỒ SƠ");
  });
});

describe.skipIf(!hasRenderer)(`the codes of a paper${hasRenderer ? "" : " (needs pdftoppm of poppler-utils)"}`, () => {
  test("a reader of the left QR code finds the tracking page, one of the right code the procedure", async () => {
    const page = picture(await renderPaper(aPaper(3), FONTS));
    const [left, right] = [Math.floor(page.width * 0.32), Math.floor(page.width * 0.74)];
    expect(decoded(page, 0, left)).toBe("https://motcua.example.vn/track/H13.155-260105-0001");
    expect(decoded(page, right, page.width)).toBe("https://motcua.example.vn/procedures/3.000722");
  });

  test("the bars of the picture are those of the dossier's code", async () => {
    const page = picture(await renderPaper(aPaper(3), FONTS));
    const rows = Array.from({ length: page.height }, (_, row) => modulesOf(page, row));
    expect(rows).toContainEqual(code128("H13.155-260105-0001"));
  });
});

test.each([
  ["2026-11-16", "ngày mười sáu, tháng mười một, năm hai nghìn không trăm hai mươi sáu"],
  ["2025-04-21", "ngày hai mươi mốt, tháng tư, năm hai nghìn không trăm hai mươi lăm"],
  ["2005-01-15", "ngày mười lăm, tháng một, năm hai nghìn không trăm linh năm"],
  ["2000-10-31", "ngày ba mươi mốt, tháng mười, năm hai nghìn"],
  ["1995-12-05", "ngày năm, tháng mười hai, năm một nghìn chín trăm chín mươi lăm"],
])("the date %s in words is %s", (date, words) => {
  expect(dateInWords(date)).toBe(words);
});

/** Text of the QR code between two columns of the upper half of a page. */
function decoded({ width, height, pixels }: Picture, from: number, to: number): string | undefined {
  const rows = Math.floor(height / 2);
  const colours = new Uint8ClampedArray((to - from) * rows * 4).fill(255);
  for (let row = 0; row < rows; row++)
    for (let column = from; column < to; column++) {
      const place = (row * (to - from) + column - from) * 4;
      colours.fill(pixels[row * width + column] ?? 255, place, place + 3);
    }
  return jsQR(colours, to - from, rows)?.data;
}

/** Modules between the first and the last bar in the middle of a row, as many as the barcode of a code of 19 letters has. */
function modulesOf({ width, pixels }: Picture, row: number): boolean[] {
  const line = pixels.subarray(row * width, (row + 1) * width);
  const columns = Array.from({ length: Math.floor(width * 0.48) }, (_, place) => Math.floor(width * 0.3) + place);
  const dark = columns.filter((column) => (line[column] ?? 255) < 128);
  const [first = 0, last = 0] = [dark[0], dark.at(-1)];
  const modules = 11 * 21 + 13;
  const module = (last + 1 - first) / modules;
  return Array.from({ length: modules }, (_, place) => (line[Math.floor(first + (place + 0.5) * module)] ?? 255) < 128);
}
