import { readdirSync, readFileSync } from "node:fs";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

/** A Markdown document of the project; `path` is relative to the project. */
export type MarkdownDocument = { path: string; folder: string; text: string };
export type CodeBlock = { language: string; text: string; before: string };

const IGNORED = new Set(["node_modules", "dist", ".data", ".git"]);

function markdownPaths(folder: string): string[] {
  return readdirSync(projectPath(folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "." ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return IGNORED.has(entry.name) ? [] : markdownPaths(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

/** Every Markdown document of the project. */
export const markdownDocuments: readonly MarkdownDocument[] = markdownPaths(".").map((path) => ({
  path,
  folder: path.split("/").slice(0, -1).join("/"),
  text: readFileSync(projectPath(path), "utf8"),
}));

/** @throws when there is no such document. */
export function markdownDocument(path: string): MarkdownDocument {
  const found = markdownDocuments.find((document) => document.path === path);
  if (!found) throw new Error(`There is no ${path}`);
  return found;
}

const FENCE = /^```(\w*)\n([\s\S]*?)^```$/gm;

/** Fenced code blocks, each with the text that stands before it. */
export function codeBlocks({ text }: MarkdownDocument): CodeBlock[] {
  return [...text.matchAll(FENCE)].map((match) => ({
    language: match[1] ?? "",
    text: match[2] ?? "",
    before: text.slice(0, match.index),
  }));
}

/** Text of inline code, outside of fenced blocks. */
export function inlineCode({ text }: MarkdownDocument): string[] {
  return [...text.replaceAll(FENCE, "").matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? "");
}

/** Rows of the table between `<!-- NAME -->` and `<!-- /… -->`, without its head. */
export function markedTable({ text }: MarkdownDocument, mark: string): string[][] {
  const start = text.indexOf(`<!-- ${mark} -->`);
  if (start < 0) return [];
  const table = text.slice(start, text.indexOf("<!-- /", start));
  const rows = table.split("\n").filter((line) => line.startsWith("|"));
  return rows.slice(2).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** Address of a heading as hosts make it. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}
