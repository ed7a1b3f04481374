import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { codeBlocks, inlineCode, type MarkdownDocument, markdownDocument, markdownDocuments } from "./markdown.ts";

const scripts: Record<string, string> = manifest.scripts;
/** Commands without documented options: third-party programs. */
const WITHOUT_HELP = new Set(["build", "check", "test", "migration"]);
/** Options of third-party programs that a command without help calls. */
const FOREIGN_OPTIONS = new Set(["--name", "--config"]);

type Mention = { script: string; options: string[]; text: string };

/** Every command in the code of a document, with the options beside it: in the same line, or in the same row of a table. */
function mentions(document: MarkdownDocument): Mention[] {
  const blocks = codeBlocks(document)
    .filter(({ language }) => language === "sh")
    .flatMap(({ text }) => text.split("\n"));
  const rows = document.text.split("\n").filter((line) => line.startsWith("| `"));
  const inline = inlineCode(document).filter((code) => /\bnpm (run|start|test|ci)\b/.test(code));
  return [...blocks, ...rows, ...inline].flatMap((text) => mentionsIn(text));
}

function mentionsIn(text: string): Mention[] {
  return [...text.matchAll(/npm (?:run (?:-s )?([\w:]+)|(start|test|ci))/g)].map(([, run, short = ""]) => ({
    script: run ?? short,
    options: text.match(/(?<![\w-])--[a-z][\w-]*/g) ?? [],
    text,
  }));
}

const helps = new Map<string, string>();
const helped = Object.keys(scripts).filter((script) => !script.startsWith("pre") && !WITHOUT_HELP.has(script));

beforeAll(async () => {
  for (const script of helped) {
    const { stdout, stderr } = await promisify(execFile)("npm", ["run", "-s", script, "--", "--help"]);
    helps.set(script, stdout + stderr);
  }
}, 300_000);

describe("every command exists with the options that are named beside it, in", () => {
  test.each(markdownDocuments)("every command of $path exists with its options", (document) => {
    for (const { script, options, text } of mentions(document)) {
      if (script === "ci" || script === "NAME") continue;
      expect(Object.keys(scripts), text).toContain(script);
      const help = helps.get(script) ?? "";
      const unknown = options.filter((option) => !help.includes(option) && !FOREIGN_OPTIONS.has(option));
      expect(unknown, text).toEqual([]);
    }
  });
});

test("each command prints its usage with --help", () => {
  for (const script of helped) expect(helps.get(script), script).toMatch(/Usage: /);
});

test("the table of commands has every script of package.json", () => {
  const table = mentions(markdownDocument("scripts/README.md")).map(({ script }) => script);
  const own = Object.keys(scripts).filter((script) => !script.startsWith("pre"));
  expect(own.filter((script) => !table.includes(script))).toEqual([]);
});

/** Test that runs each command of a shell block. Variables before the command are ignored. */
const RUN_BY: [RegExp, string][] = [
  [/npm start$/, "test/operations/start-system.test.ts"],
  [/npm (test|run check)$|^npx vitest/, ".ci/run"],
  [/npm run gateway$/, "test/operations/start-system.test.ts"],
  [/npm run subgraph -- land$/, "test/operations/start-system.test.ts"],
  [/npm run reconcile( --( --upstream national-portal)?( --dry-run)?)?$/, "test/docs/reconcile-command.test.ts"],
  [/npm run clients$/, "test/clients/example-clients.test.ts"],
  [/npm run conformance -- /, "test/conformance/reference-agency.test.ts"],
];

test("each line of a shell block is run by a test", () => {
  const lines = markdownDocuments.flatMap((document) =>
    codeBlocks(document)
      .filter(({ language }) => language === "sh")
      .flatMap(({ text }) =>
        text
          .replace(/\\\n\s*/g, "")
          .trim()
          .split("\n"),
      ),
  );
  expect(lines.length).toBeGreaterThan(8);
  const runner = (line: string) => RUN_BY.find(([pattern]) => pattern.test(line))?.[1];
  expect(lines.filter((line) => !existsSync(projectPath(runner(line) ?? "no test runs it")))).toEqual([]);
});
