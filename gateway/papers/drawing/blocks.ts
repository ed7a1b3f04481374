import type { Block, Column, Field, Line, Signature } from "../paper.ts";
import {
  asOrnament,
  ENGLISH,
  heightOf,
  makeRoom,
  NORMAL,
  type Place,
  type Sheet,
  STRONG,
  type Style,
  widthOf,
  write,
} from "./sheet.ts";

const LABEL_SHARE = 0.42;
const GAP = 8;
const ROW_GAP = 3;
/** Open line of a form, to be filled in by hand. */
const OPEN = "…………………………………………";
const INLINE_GAP = 5;
/** Lowers a smaller text to the baseline of the text beside it. */
const BASELINE_DROP = 2.2;
const LIST_INDENT = 18;
const CELL_PADDING = 3;
const LETTER: Style = { font: "regular", size: 14, align: "justify" };

export function drawBlock(sheet: Sheet, block: Block): void {
  switch (block.kind) {
    case "fields":
      for (const row of block.rows) drawField(sheet, row);
      break;
    case "paragraph":
      drawParagraph(sheet, block.text);
      break;
    case "letter":
      drawLetter(sheet, block.salutation, block.paragraphs);
      break;
    case "list":
      drawList(sheet, block.heading, block.items);
      break;
    case "table":
      drawTable(sheet, block.columns, block.rows);
  }
  sheet.doc.y += 2;
}

function drawField(sheet: Sheet, { label, value, isStrong }: Field): void {
  const { doc, left, width } = sheet;
  const labelWidth = width * LABEL_SHARE - GAP;
  const valueWidth = width - labelWidth - GAP;
  const style = isStrong ? STRONG : NORMAL;
  const text = value ?? OPEN;
  const height = Math.max(labelHeight(sheet, label, labelWidth), heightOf(sheet, text, valueWidth, style));
  makeRoom(sheet, height);
  const { y } = doc;
  writeLabel(sheet, label, { x: left, y, width: labelWidth });
  write(sheet, text, { x: left + labelWidth + GAP, y, width: valueWidth }, style);
  doc.y = y + height + ROW_GAP;
}

/** Writes a label. The English line stands beside it where there is room, else below. */
function writeLabel(sheet: Sheet, label: Line, place: Place): void {
  const beside = besideLabel(sheet, label, place.width);
  const [vi, en = ""] = [`${label.vi}:`, label.en];
  if (beside === null) {
    writeLine(sheet, { ...label, vi }, place, NORMAL);
    return;
  }
  write(sheet, vi, place, NORMAL);
  const { y } = sheet.doc;
  write(sheet, en, { x: place.x + beside, y: place.y + BASELINE_DROP, width: place.width - beside }, ENGLISH);
  sheet.doc.y = y;
}

function labelHeight(sheet: Sheet, label: Line, width: number): number {
  const isBeside = besideLabel(sheet, label, width) !== null;
  return lineHeight(sheet, isBeside ? { vi: label.vi } : label, width);
}

/** Distance at which the English line stands beside a label; null without room. */
function besideLabel(sheet: Sheet, { vi, en }: Line, width: number): number | null {
  const beside = widthOf(sheet, `${vi}:`, NORMAL) + INLINE_GAP;
  return en && beside + widthOf(sheet, en, ENGLISH) < width ? beside : null;
}

function drawParagraph(sheet: Sheet, text: Line): void {
  const { doc, left, width } = sheet;
  const style: Style = { ...NORMAL, align: "justify" };
  makeRoom(sheet, lineHeight(sheet, text, width));
  writeLine(sheet, text, { x: left, y: doc.y, width }, style);
  doc.y += ROW_GAP;
}

function drawLetter(sheet: Sheet, salutation: string, paragraphs: readonly string[]): void {
  const { doc, left, width } = sheet;
  doc.y += 18;
  write(sheet, salutation, { x: left, y: doc.y, width }, { ...LETTER, font: "bold", align: "center" });
  for (const paragraph of paragraphs) {
    doc.y += 12;
    makeRoom(sheet, heightOf(sheet, paragraph, width, LETTER));
    write(sheet, paragraph, { x: left, y: doc.y, width }, LETTER);
  }
  doc.y += 18;
}

function drawList(sheet: Sheet, heading: Line, items: readonly string[]): void {
  const { doc, left, width } = sheet;
  const itemWidth = width - LIST_INDENT;
  const [first = ""] = items;
  // a heading is not left alone at the foot of a page
  makeRoom(sheet, labelHeight(sheet, heading, width) + heightOf(sheet, first, itemWidth, NORMAL));
  writeLabel(sheet, heading, { x: left, y: doc.y, width });
  for (const [place, item] of items.entries()) {
    const height = heightOf(sheet, item, itemWidth, NORMAL);
    makeRoom(sheet, height);
    const { y } = doc;
    write(sheet, `${place + 1}.`, { x: left, y, width: LIST_INDENT }, NORMAL, "Lbl");
    write(sheet, item, { x: left + LIST_INDENT, y, width: itemWidth }, NORMAL, "LBody");
    doc.y = y + height + 1;
  }
  doc.y += ROW_GAP;
}

function drawTable(sheet: Sheet, columns: readonly Column[], rows: readonly (readonly string[])[]): void {
  const titles = columns.map(({ title }) => title);
  const cells = (texts: readonly string[]) => texts.map((vi) => ({ vi }));
  const heights = [rowHeight(sheet, columns, titles, STRONG), rowHeight(sheet, columns, cells(rows[0] ?? []), NORMAL)];
  makeRoom(sheet, (heights[0] ?? 0) + (heights[1] ?? 0));
  drawRow(sheet, columns, titles, { ...STRONG, size: 11 });
  for (const row of rows) {
    const { page } = sheet.doc;
    makeRoom(sheet, rowHeight(sheet, columns, cells(row), { ...NORMAL, size: 11 }));
    if (sheet.doc.page !== page) drawRow(sheet, columns, titles, { ...STRONG, size: 11 });
    drawRow(sheet, columns, cells(row), { ...NORMAL, size: 11 });
  }
  sheet.doc.y += ROW_GAP * 2;
}

function drawRow(sheet: Sheet, columns: readonly Column[], texts: readonly Line[], style: Style): void {
  const { doc, left, width } = sheet;
  const height = rowHeight(sheet, columns, texts, style);
  const { y } = doc;
  let x = left;
  for (const [place, { share }] of columns.entries()) {
    const cell = width * share;
    const begin = x;
    asOrnament(sheet, () => doc.rect(begin, y, cell, height).lineWidth(0.6).stroke("#000000"));
    const text = texts[place] ?? { vi: "" };
    writeLine(sheet, text, { x: x + CELL_PADDING, y: y + CELL_PADDING, width: cell - 2 * CELL_PADDING }, style);
    x += cell;
  }
  doc.y = y + height;
}

function rowHeight(sheet: Sheet, columns: readonly Column[], texts: readonly Line[], style: Style): number {
  const heights = columns.map(({ share }, place) =>
    lineHeight(sheet, texts[place] ?? { vi: "" }, sheet.width * share - 2 * CELL_PADDING, style),
  );
  return Math.max(...heights) + 2 * CELL_PADDING;
}

/** Draws places to sign side by side, with room for the hand. They stay on one page with what they sign. */
export function drawSignatures(sheet: Sheet, signatures: readonly Signature[]): void {
  if (signatures.length === 0) return;
  const { doc, left, width } = sheet;
  const roomForHand = 44;
  const columns = Math.max(2, signatures.length);
  const column = width / columns;
  const firstColumn = columns - signatures.length; // one alone stands at the right
  makeRoom(sheet, 3 * 18 + roomForHand + 18);
  const top = doc.y + 4;
  const ends = signatures.map(({ role, instruction, name }, place) => {
    const at = { x: left + (firstColumn + place) * column, width: column };
    doc.y = top;
    writeLine(sheet, role, { ...at, y: doc.y }, { ...STRONG, align: "center" });
    writeLine(sheet, instruction, { ...at, y: doc.y }, { font: "italic", size: 10.5, align: "center" });
    if (name !== null) write(sheet, name, { ...at, y: doc.y + roomForHand }, { ...STRONG, align: "center" });
    else doc.y += roomForHand;
    return doc.y;
  });
  doc.y = Math.max(...ends) + 6;
}

/** Notes of small print at the end of a paper. */
export function drawNotes(sheet: Sheet, notes: readonly Line[]): void {
  const { doc, left, width } = sheet;
  const style: Style = { font: "regular", size: 10 };
  for (const note of notes) {
    makeRoom(sheet, lineHeight(sheet, note, width, style));
    writeLine(sheet, note, { x: left, y: doc.y, width }, style);
    doc.y += 2;
  }
}

/** Writes a text and below it the English line, where it has one. */
function writeLine(sheet: Sheet, { vi, en }: Line, place: Place, style: Style): void {
  write(sheet, vi, place, style);
  if (en) write(sheet, en, { ...place, y: sheet.doc.y }, { ...ENGLISH, align: style.align ?? "left" });
}

function lineHeight(sheet: Sheet, { vi, en }: Line, width: number, style: Style = NORMAL): number {
  return heightOf(sheet, vi, width, style) + (en ? heightOf(sheet, en, width, ENGLISH) : 0);
}
