import { formalDay } from "../days.ts";
import type { Paper } from "../paper.ts";
import {
  asOrnament,
  drawText,
  ENGLISH,
  NORMAL,
  type Place,
  type Sheet,
  STRONG,
  type Style,
  widthOf,
  write,
} from "./sheet.ts";

const CENTRED: Style = { ...NORMAL, align: "center" };
const CENTRED_BOLD: Style = { ...STRONG, align: "center" };
const PLACE: Style = { ...CENTRED, font: "italic" };
const TITLE: Style = { font: "bold", size: 15, align: "center" };

/** Draws the institution, the national title and motto, place and day, and the title; Decree 30/2020/NĐ-CP, appendix I. */
export function drawHeading(sheet: Sheet, { institution, form, issued, title }: Paper): void {
  const { doc, left, width, top } = sheet;
  if (form !== null) {
    const above = { x: left, y: top - 24, width };
    write(sheet, form, above, { ...ENGLISH, align: "right" });
  }
  const gap = 8;
  const own = { x: left, y: top, width: width * 0.42 - gap };
  const state = { x: left + width * 0.42, y: top, width: width * 0.58 };
  const ownEnd = drawInstitution(sheet, institution, own);
  const stateEnd = drawState(sheet, state);
  const y = Math.max(ownEnd, stateEnd) + 4;
  const day = formalDay(issued.at);
  const place = issued.place === null ? day.replace("ngày", "Ngày") : `${issued.place}, ${day}`;
  const fits = widthOf(sheet, place, PLACE) <= state.width;
  write(sheet, place, { ...state, y }, fits ? PLACE : { ...PLACE, size: 10 });
  doc.y += 8;
  write(sheet, title.vi.toLocaleUpperCase("vi"), { x: left, y: doc.y, width }, TITLE, "H1");
  if (title.en) write(sheet, title.en, { x: left, y: doc.y, width }, { ...ENGLISH, size: 11, align: "center" });
}

function drawInstitution(sheet: Sheet, { above, name }: Paper["institution"], place: Place): number {
  const { doc } = sheet;
  doc.y = place.y;
  if (above !== null) write(sheet, above.toLocaleUpperCase("vi"), { ...place, y: doc.y }, CENTRED);
  write(sheet, name.toLocaleUpperCase("vi"), { ...place, y: doc.y }, CENTRED_BOLD);
  return underline(sheet, place, place.width / 3);
}

function drawState(sheet: Sheet, place: Place): number {
  const motto: Style = { ...CENTRED_BOLD, size: 13 };
  write(sheet, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", place, CENTRED_BOLD);
  write(sheet, "Độc lập - Tự do - Hạnh phúc", { ...place, y: sheet.doc.y }, motto);
  return underline(
    sheet,
    place,
    sheet.doc.font(motto.font).fontSize(motto.size).widthOfString("Độc lập - Tự do - Hạnh phúc"),
  );
}

/** @returns the height below the line */
function underline(sheet: Sheet, { x, width }: Place, length: number): number {
  const { doc } = sheet;
  const begin = x + (width - length) / 2;
  const y = doc.y + 1;
  asOrnament(sheet, () =>
    doc
      .moveTo(begin, y)
      .lineTo(begin + length, y)
      .lineWidth(0.7)
      .stroke("#000000"),
  );
  return y + 4;
}

/** Writes origin, code of the dossier and number of the page at the foot of every page; nothing on a letter. */
export function drawFooters(sheet: Sheet, { code, form, qrCodes }: Paper): void {
  const { doc, left, width, bottom } = sheet;
  if (qrCodes.length === 0) return;
  const { start, count } = doc.bufferedPageRange();
  const origin = form === null ? "Bản in từ hệ thống" : "In từ hệ thống";
  for (let page = start; page < start + count; page++) {
    doc.switchToPage(page);
    const { margins } = doc.page;
    const kept = margins.bottom;
    margins.bottom = 0; // else pdfkit begins a new page for a text below the margin
    const text = `${origin} · Hồ sơ ${code} · Trang ${page + 1 - start}/${count}`;
    doc.markContent("Artifact", { type: "Pagination" });
    drawText(
      sheet,
      text,
      { x: left, y: bottom + 16, width },
      { ...ENGLISH, font: "regular", size: 9, align: "center" },
    );
    doc.endMarkedContent();
    margins.bottom = kept;
  }
}
