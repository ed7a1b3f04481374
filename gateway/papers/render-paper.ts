import { buffer } from "node:stream/consumers";
import { drawBlock, drawNotes, drawSignatures } from "./drawing/blocks.ts";
import { drawCodes } from "./drawing/codes.ts";
import { drawFooters, drawHeading } from "./drawing/heading.ts";
import { type Fonts, openSheet } from "./drawing/sheet.ts";
import type { Paper } from "./paper.ts";

/** PDF/A-2b of a paper; the same paper gives the same bytes. */
export async function renderPaper(paper: Paper, fonts: Fonts): Promise<Buffer> {
  const { title, institution, issued, code, qrCodes, blocks, signatures, notes } = paper;
  const sheet = openSheet(`${title.vi} ${code}`, institution.name, new Date(issued.at), fonts);
  const bytes = buffer(sheet.doc);
  drawHeading(sheet, paper);
  drawCodes(sheet, code, qrCodes);
  for (const block of blocks) drawBlock(sheet, block);
  drawSignatures(sheet, signatures);
  drawNotes(sheet, notes);
  drawFooters(sheet, paper);
  sheet.content.end();
  sheet.doc.end();
  return bytes;
}
