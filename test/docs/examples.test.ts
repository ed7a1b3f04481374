import { describe, expect, test } from "vitest";
import { type Persona, sharedWorld } from "../world.ts";
import { type CodeBlock, codeBlocks, markdownDocuments } from "./markdown.ts";

const world = sharedWorld();
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(\+\d\d:\d\d|Z)/g;
const MARK = /<!-- run: (?:persona=([\w-]+)|anonymous) -->\s*$/;

/** A marked GraphQL request with the JSON response that follows it. */
const examples = markdownDocuments.flatMap((document) => {
  const blocks = codeBlocks(document);
  return blocks.flatMap((block, index) => {
    const [mark, persona] = MARK.exec(block.before) ?? [];
    const response = blocks.slice(index + 1).find(({ language }) => language === "json");
    return mark && response ? [{ path: document.path, persona, block, response }] : [];
  });
});

describe("a request of a README gets the response that stands below it:", () => {
  test.each(examples)(
    "the request in $path gets the response that stands below it",
    async ({ persona, block, response }) => {
      const who: Persona = persona === undefined ? null : { persona };
      const { data, errors, ...rest } = await world.current.ask(who, block.text);
      const { extensions } = rest as { extensions?: unknown };
      const actual = { data, ...(errors && { errors }), ...(extensions !== undefined && { extensions }) };
      expect(normalized(actual)).toEqual(normalized(JSON.parse(response.text)));
    },
  );

  test("the root README has one", () => {
    expect(examples.map(({ path }) => path)).toContain("README.md");
  });
});

function normalized(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(INSTANT, "<instant>"));
}

test("every GraphQL block that is a whole operation is marked and run", () => {
  const operations = markdownDocuments.flatMap((document) =>
    codeBlocks(document)
      .filter(({ language, text }) => language === "graphql" && isOperation(text))
      .map((block): [string, CodeBlock] => [document.path, block]),
  );
  const unmarked = operations.filter(([, block]) => !MARK.test(block.before)).map(([path]) => path);
  expect(unmarked).toEqual([]);
});

function isOperation(text: string): boolean {
  return /^\s*(\{|query|mutation|subscription)/.test(text);
}
