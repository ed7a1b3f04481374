import { execFileSync, spawnSync } from "node:child_process";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

/** Text of the pages of a PDF as a reader extracts it, and the codes of the glyphs that they draw. */
export type ReadPdf = { pages: string[]; text: string; glyphs: number[] };

type Glyph = { originalCharCode: number };

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0, useSystemFonts: false }).promise;
  const pages: string[] = [];
  const glyphs: number[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    pages.push(items.map((item) => ("str" in item ? `${item.str}${item.hasEOL ? " " : ""}` : "")).join(""));
    const { argsArray } = await page.getOperatorList();
    for (const each of (argsArray as unknown[]).flat(3)) if (isGlyph(each)) glyphs.push(each.originalCharCode);
  }
  await pdf.loadingTask.destroy();
  return { pages, text: pages.join(" ").replaceAll(/\s+/g, " "), glyphs };
}

function isGlyph(value: unknown): value is Glyph {
  return typeof value === "object" && value !== null && "originalCharCode" in value;
}

/** Poppler's renderer, where the machine has it. */
export const hasRenderer = spawnSync("pdftoppm", ["-v"]).error === undefined;

/** Picture of a page in shades of grey. */
export type Picture = { width: number; height: number; pixels: Uint8Array };

/** Renders the first page of a PDF at 200 dots per inch, as a phone sees it. */
export function picture(bytes: Uint8Array): Picture {
  const pgm = execFileSync("pdftoppm", ["-r", "200", "-gray", "-singlefile", "-"], {
    input: bytes,
    maxBuffer: 64_000_000,
  });
  const [, width = "", height = ""] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.subarray(0, 40).toString("latin1")) ?? [];
  const size = Number(width) * Number(height);
  return { width: Number(width), height: Number(height), pixels: pgm.subarray(pgm.length - size) };
}
