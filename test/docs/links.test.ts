import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { subgraphs } from "../../subgraphs/agency-registry.ts";
import { anchorOf, inlineCode, markdownDocument, markdownDocuments } from "./markdown.ts";

const LINK = /\]\(([^)\s]+)\)/g;
const FOLDERS = /^(gateway|subgraphs|scripts|test|schema)\//;
/** Names that stand for something else, such as `bundles/NAME/`. */
const PLACEHOLDER = /NAME|CODE|<|…|\*|\{/;

function brokenLinks(path: string, folder: string, text: string): string[] {
  return [...text.matchAll(LINK)].flatMap(([, target = ""]) => {
    if (/^https?:/.test(target)) return [];
    const [file = "", anchor] = target.split("#");
    const linked = file === "" ? path : join(folder, file);
    if (!existsSync(projectPath(linked))) return [target];
    if (anchor === undefined) return [];
    const headings = [...readFileSync(projectPath(linked), "utf8").matchAll(/^#+ (.*)$/gm)].map(
      ([, text = ""]) => text,
    );
    return headings.map(anchorOf).includes(anchor) ? [] : [target];
  });
}

/** Inline code that names a file or a folder: from the project's root, or from the document's own folder. */
function missingPaths(folder: string, code: readonly string[]): string[] {
  const paths = code.filter((text) => /^[\w.@-]+(\/[\w.@-]+)*\/?$/.test(text) && !PLACEHOLDER.test(text));
  return paths.filter((text) => {
    const isPath =
      text.endsWith("/") || FOLDERS.test(text) || /^[\w-]+(\/[\w-]+)*\.(ts|md|json|sql|graphql|py)$/.test(text);
    const places = [text, join(folder, text), join(folder, "_shared", text), join(dirname(folder), text)];
    return isPath && !places.some((place) => existsSync(projectPath(place)));
  });
}

/** Names that the documents give as examples of files in every agency's folder, or that a program makes when it runs. */
const ELSEWHERE = new Set([
  ".data/",
  "dist/",
  "births.ts",
  "bundle.ts",
  "request.ts",
  "utf8.ts",
  "trusted-documents.json",
]);

describe("links and paths exist in", () => {
  test.each(markdownDocuments)("links and paths exist in $path", (document) => {
    expect(brokenLinks(document.path, document.folder, document.text)).toEqual([]);
    const missing = missingPaths(document.folder, inlineCode(document)).filter((path) => !ELSEWHERE.has(path));
    const nowhere = missing.filter(
      (file) => !subgraphs.some(({ name }) => existsSync(projectPath("subgraphs", name, file))),
    );
    expect(nowhere).toEqual([]);
  });
});

test("every agency has a README that says what its register holds, its rules and its law", () => {
  for (const { name } of subgraphs) {
    const { text } = markdownDocument(`subgraphs/${name}/README.md`);
    expect(text).toMatch(/^## Law$/m);
    expect(text).toMatch(name === "one-stop" ? /^## Guarantees$/m : /^## Invariants$/m);
  }
});

test("the root README has at most 150 lines and fewer than 1,500 words", () => {
  const { text } = markdownDocument("README.md");
  expect(text.split("\n").length).toBeLessThanOrEqual(151);
  expect(text.split(/\s+/).length).toBeLessThan(1_500);
});
