import { readdirSync, readFileSync } from "node:fs";
import { type DocumentNode, getIntrospectionQuery, parse } from "graphql";
import { describe, expect, test } from "vitest";
import { gatewayConfiguration } from "../../gateway/configuration.ts";
import { fragmentsOf } from "../../gateway/executor/normalize/client-operation.ts";
import { checkDocument, parseDocument } from "../../gateway/pipeline/limits/document-limits.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

const limits = gatewayConfiguration({}).limits.document;
const checked = (document: DocumentNode, given: typeof limits) => checkDocument(document, fragmentsOf(document), given);

/** The exceeded limits of a document by name: what was asked. */
function exceeded(document: string, given = limits): Record<string, number> {
  const errors = checked(parse(document), given);
  const entries = errors.map(({ extensions }) => extensions.limit as { name: string; asked: number });
  return Object.fromEntries(entries.map(({ name, asked }) => [name, asked]));
}

/** Fragments of which each spreads the next one twice. */
function bomb(levels: number): string {
  const fragment = (n: number) => `fragment F${n} on T { a { ...F${n + 1} } b { ...F${n + 1} } }`;
  const fragments = Array.from({ length: levels }, (_, n) => fragment(n));
  return `{ t { ...F0 } } ${fragments.join(" ")} fragment F${levels} on T { c }`;
}

describe("a document within the limits is let be", () => {
  const names = readdirSync(projectPath("test", "contract")).filter((name) => name.endsWith(".graphql"));
  test.each(names)("the contract's document %s is within the limits", (name) => {
    const document = parseDocument(readFileSync(projectPath("test", "contract", name), "utf8"), limits);
    expect(checked(document, limits)).toEqual([]);
  });

  test("GraphiQL's introspection query is within the limits", () => {
    const text = getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true, schemaDescription: true });
    expect(checked(parseDocument(text, limits), limits)).toEqual([]);
  });
});

describe("a document is measured", () => {
  const most = {
    tokens: 100,
    depth: 2,
    fields: 5,
    aliases: 1,
    rootFields: 2,
    directives: 1,
    comparisons: 3,
    nesting: 2,
  };
  test.each([
    ["by its depth", "{ a { b { c } } }", { depth: 3 }],
    ["by its depth through fragments", "{ a { ...F } } fragment F on T { b { ... on T { c } } }", { depth: 3 }],
    ["by its fields", "{ a { b c d e f } }", { fields: 6 }],
    [
      "by its fields, as often as a fragment is spread",
      "{ a { ...F } b { ...F } } fragment F on T { c d }",
      { fields: 6 },
    ],
    ["by its aliases", "{ x: a y: b }", { aliases: 2 }],
    ["by its root fields, also in fragments", "{ a ...F } fragment F on Q { b ... { c } }", { rootFields: 3 }],
    ["by directives wherever they stand", "query @d { a @d }", { directives: 2 }],
    [
      "by how often fields must be compared",
      "{ a { b } a { b } a { b } }",
      { fields: 6, rootFields: 3, comparisons: 6 },
    ],
    [
      "by the same in fragments",
      "{ a { ...F ...G b b } } fragment F on T { b } fragment G on T { b }",
      { comparisons: 6 },
    ],
    ["by lists and objects nested in a literal", "{ a(x: [{ y: [1] }], z: [[1]]) { c } }", { nesting: 3 }],
    ["by its largest operation", "query A { a } query B { x: a y: b }", { aliases: 2 }],
    ["also in fragments that nobody spreads", "{ a } fragment F on T { b { c { d } } }", { depth: 3 }],
    ["and is within the limits", "{ a { x: b @d } c { d e } }", {}],
  ])("a document is measured correctly: %s", (_, document, asked) => {
    expect(exceeded(document, most)).toEqual(asked);
  });

  test("every limit that a document exceeds is reported with its remedy", () => {
    const errors = checked(parse("{ x: a { y: b { c @d @d } } }"), most);
    expect(errors.map(({ extensions }) => extensions)).toEqual([
      { code: "BAD_USER_INPUT", limit: { name: "depth", allowed: 2, asked: 3 } },
      { code: "BAD_USER_INPUT", limit: { name: "aliases", allowed: 1, asked: 2 } },
      { code: "BAD_USER_INPUT", limit: { name: "directives", allowed: 1, asked: 2 } },
    ]);
    expect(errors[0]?.message).toBe(
      "The operation has levels of nested fields: 3, 2 are allowed; ask for less at a time, or for the inner part by its own key",
    );
  });

  test("the time to measure a document is linear in its text, however its fragments multiply", () => {
    expect(exceeded(bomb(18))).toEqual({ fields: 3 * 2 ** 18 - 1 });
    expect(exceeded(bomb(400))).toMatchObject({ fields: Number.MAX_SAFE_INTEGER, depth: 402 });
  });

  test("the time to measure a document is linear for fragments of one field in sequence or spreading all others", () => {
    const chain = Array.from({ length: 900 }, (_, n) => `fragment F${n} on T { a ...F${n + 1} }`).join(" ");
    expect(exceeded(`{ ...F0 } ${chain} fragment F900 on T { a }`)).toMatchObject({ comparisons: (901 * 900) / 2 });
    const names = Array.from({ length: 60 }, (_, n) => `F${n}`);
    const all = names.map((name) => `fragment ${name} on T { a { ${names.map((each) => `...${each}`).join(" ")} } }`);
    expect(exceeded(`{ ...F0 } ${all.join(" ")}`)).toHaveProperty("comparisons");
  });

  test("measuring a document survives a cycle of fragments, which validation refuses", () => {
    expect(exceeded("{ ...A } fragment A on Q { a ...B } fragment B on Q { b ...A }")).toEqual({});
  });
});

describe("a text is refused", () => {
  test("a document with too many tokens is refused", () => {
    const refused = () => parseDocument(`{ ${"a ".repeat(100_000)} }`, limits);
    expect(refused).toThrow("more than 10000 tokens; send a shorter one");
  });

  test.each(["{a".repeat(4_900), `{ a(b: ${"[".repeat(9_900)}`])("a document nested without end is refused", (text) => {
    expect(() => parseDocument(text, limits)).toThrow(/^Syntax Error/);
  });
});
