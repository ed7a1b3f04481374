import PDFDocument from "pdfkit";

/** Files of the fonts of papers. */
export type Fonts = Readonly<Record<FontName, Uint8Array>>;
type FontName = "regular" | "italic" | "bold";

/** Margins in points: 30 mm at the left and 15 mm at the right, Decree 30/2020/NĐ-CP. */
const MARGINS = { top: 57, bottom: 57, left: 85, right: 43 };

export type Style = { font: FontName; size: number; colour?: string; align?: "left" | "center" | "right" | "justify" };

export const NORMAL: Style = { font: "regular", size: 11.5 };
export const STRONG: Style = { font: "bold", size: 11.5 };
/** The English line beside a Vietnamese text. */
export const ENGLISH: Style = { font: "italic", size: 9, colour: "#404040" };

const LINE_GAP = 1.5;
const BLACK = "#000000";

/** The pages of a paper while they are drawn. `doc.y` is the height from which the next piece is drawn. */
export type Sheet = {
  doc: PDFKit.PDFDocument;
  /** Structure of the content, which screen readers follow. */
  content: PDFKit.PDFStructureElement;
  left: number;
  width: number;
  top: number;
  /** Height at which a page is full. */
  bottom: number;
};

/**
 * Opens a PDF/A-2b document. Its date and so its id come from the data. The fonts are parsed for every paper: parsed fonts remember
 * the glyphs of the papers before, which would change the text that a reader extracts, and so the bytes.
 */
export function openSheet(title: string, author: string, issuedAt: Date, fonts: Fonts): Sheet {
  const doc = new PDFDocument({
    ...{ size: "A4", margins: MARGINS, bufferPages: true, font: "" },
    ...{ pdfVersion: "1.7", subset: "PDF/A-2b", tagged: true, displayTitle: true, lang: "vi-VN" },
    info: {
      ...{ Title: title.normalize("NFC"), Author: author.normalize("NFC") },
      ...{ Creator: "Motcua", Producer: "PDFKit", CreationDate: issuedAt, ModDate: issuedAt },
    },
  });
  for (const [name, file] of Object.entries(fonts)) doc.registerFont(name, file);
  const content = doc.struct("Document");
  doc.addStructure(content);
  const { width, height } = doc.page;
  return {
    ...{ doc, content, left: MARGINS.left, width: width - MARGINS.left - MARGINS.right },
    ...{ top: MARGINS.top, bottom: height - MARGINS.bottom },
  };
}

/** Begins a new page unless `height` fits on this one. */
export function makeRoom({ doc, top, bottom }: Sheet, height: number): void {
  if (doc.y + height <= bottom) return;
  doc.addPage();
  doc.y = top;
}

/** Draws something that belongs to the content under a tag of the structure. */
export function asContent({ doc, content }: Sheet, tag: string, draw: () => void, alt?: string): void {
  const marked = doc.markStructureContent(tag);
  draw();
  doc.endMarkedContent();
  const described = alt === undefined ? {} : { alt: alt.normalize("NFC") };
  const element = doc.struct(tag, described, [marked]);
  content.add(element);
  element.end();
}

/** Draws an ornament, which screen readers leave out. */
export function asOrnament({ doc }: Sheet, draw: () => void): void {
  doc.markContent("Artifact", { type: "Layout" });
  draw();
  doc.endMarkedContent();
}

export type Place = { x: number; y: number; width: number };

/** Height that a text takes. */
export function heightOf({ doc }: Sheet, text: string, width: number, { font, size }: Style): number {
  return doc.font(font).fontSize(size).heightOfString(text.normalize("NFC"), { width, lineGap: LINE_GAP });
}

/** Width of a text in one line. */
export function widthOf({ doc }: Sheet, text: string, { font, size }: Style): number {
  return doc.font(font).fontSize(size).widthOfString(text.normalize("NFC"));
}

/** Writes a text of the content at a place. Letters are composed (NFC), because a font draws and a reader finds those. */
export function write(sheet: Sheet, text: string, place: Place, style: Style, tag = "P"): void {
  asContent(sheet, tag, () => drawText(sheet, text, place, style));
}

export function drawText(
  { doc }: Sheet,
  text: string,
  { x, y, width }: Place,
  { font, size, colour = BLACK, align = "left" }: Style,
): void {
  doc.font(font).fontSize(size).fillColor(colour);
  doc.text(text.normalize("NFC"), x, y, { width, align, lineGap: LINE_GAP });
}
