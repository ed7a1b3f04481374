import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import codes from "../../schema/problem-codes.json" with { type: "json" };
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

const LISTED = codes.map(({ code }) => code);
/** Tests that name codes without reaching them. */
const OF_THE_CATALOGUE = ["graph/problem-codes.test.ts", "one-stop/lookups.test.ts"];

/** Words of all tests that look like codes. */
function wordsOfTests(): Set<string> {
  const folder = projectPath("test");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".test.ts") && !OF_THE_CATALOGUE.includes(name.replaceAll("\\", "/")),
  );
  return new Set(files.flatMap((name) => readFileSync(join(folder, name), "utf8").match(/[A-Z][A-Z0-9_]+/g) ?? []));
}

describe("the catalogue of problems", () => {
  it("every code of the catalogue of problems is named by a test", () => {
    const named = wordsOfTests();
    expect(LISTED.length).toBeGreaterThan(60);
    expect(LISTED.filter((code) => !named.has(code))).toEqual([]);
  });
});
