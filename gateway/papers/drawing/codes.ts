import { create } from "qrcode";
import type { QrCode } from "../paper.ts";
import { code128 } from "./code128.ts";
import { asContent, ENGLISH, heightOf, type Place, type Sheet, STRONG, type Style, write } from "./sheet.ts";

const QR_SIZE = 74;
const QR_QUIET_MODULES = 4;
const BAR_HEIGHT = 34;
/** Width of a module: 0.33 mm, which every scanner reads from print. */
const BAR_MODULE = 0.95;
const BAR_QUIET_MODULES = 10;
const CAPTION: Style = { font: "regular", size: 9, align: "center" };
const CAPTION_ENGLISH: Style = { ...ENGLISH, size: 8, align: "center" };

/** Draws the barcode of the dossier between the QR codes; nothing on a paper without QR codes. */
export function drawCodes(sheet: Sheet, code: string, qrCodes: readonly QrCode[]): void {
  const { doc, left, width } = sheet;
  const top = doc.y + 4;
  const [first, second] = qrCodes;
  if (!first) return;
  const qrWidth = QR_SIZE + 16;
  const heights = [
    drawQr(sheet, first, { x: left, y: top, width: qrWidth }),
    second ? drawQr(sheet, second, { x: left + width - qrWidth, y: top, width: qrWidth }) : 0,
    drawBarcode(sheet, code, { x: left + qrWidth, y: top, width: width - 2 * qrWidth }),
  ];
  doc.y = top + Math.max(...heights) + 6;
}

/** @returns the height that the code and its caption take */
function drawQr(sheet: Sheet, { address, caption }: QrCode, { x, y, width }: Place): number {
  const { modules } = create(address, { errorCorrectionLevel: "M" });
  const module = QR_SIZE / (modules.size + 2 * QR_QUIET_MODULES);
  const begin = { x: x + (width - QR_SIZE) / 2 + QR_QUIET_MODULES * module, y: y + QR_QUIET_MODULES * module };
  const rows = Array.from({ length: modules.size }, (_, row) =>
    Array.from({ length: modules.size }, (_, column) => modules.get(row, column) === 1),
  );
  const draw = () => {
    for (const [row, cells] of rows.entries())
      for (const { from, length } of runsOf(cells))
        sheet.doc.rect(begin.x + from * module, begin.y + row * module, length * module, module);
    sheet.doc.fill("#000000");
  };
  asContent(sheet, "Figure", draw, `${caption.vi}: ${address}`);
  const below = y + QR_SIZE;
  write(sheet, caption.vi, { x, y: below, width }, CAPTION);
  const vietnamese = heightOf(sheet, caption.vi, width, CAPTION);
  if (!caption.en) return QR_SIZE + vietnamese;
  write(sheet, caption.en, { x, y: below + vietnamese, width }, CAPTION_ENGLISH);
  return QR_SIZE + vietnamese + heightOf(sheet, caption.en, width, CAPTION_ENGLISH);
}

/** @returns the height that the barcode and its text take */
function drawBarcode(sheet: Sheet, code: string, { x, y, width }: Place): number {
  const { doc } = sheet;
  const modules = code128(code);
  const module = Math.min(BAR_MODULE, width / (modules.length + 2 * BAR_QUIET_MODULES));
  const begin = x + (width - modules.length * module) / 2;
  const top = y + 14;
  const draw = () => {
    for (const { from, length } of runsOf(modules)) doc.rect(begin + from * module, top, length * module, BAR_HEIGHT);
    doc.fill("#000000");
  };
  asContent(sheet, "Figure", draw, `Mã vạch của hồ sơ ${code}`);
  write(sheet, `Mã hồ sơ: ${code}`, { x, y: top + BAR_HEIGHT + 4, width }, { ...STRONG, align: "center" });
  return 14 + BAR_HEIGHT + 22;
}

/** Runs of dark modules: each is drawn as one rectangle, without seams. */
function runsOf(modules: readonly boolean[]): { from: number; length: number }[] {
  const runs: { from: number; length: number }[] = [];
  for (const [place, isDark] of modules.entries()) {
    const last = runs.at(-1);
    if (!isDark) continue;
    if (last && last.from + last.length === place) last.length++;
    else runs.push({ from: place, length: 1 });
  }
  return runs;
}
