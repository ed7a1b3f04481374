import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { figuresMarkdown, recordedFigures } from "../../scripts/figures/recorded-figures.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

test("scripts/FIGURES.md shows exactly the figures of scripts/figures.json", () => {
  expect(readFileSync(projectPath("scripts", "FIGURES.md"), "utf8")).toBe(figuresMarkdown(recordedFigures()));
});

test("every recorded figure states its date, commit and machine", () => {
  for (const { run } of Object.values(recordedFigures())) {
    expect(run.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(run.commit).toMatch(/^[0-9a-f]{7,}/);
    expect(run.cores).toBeGreaterThan(0);
  }
});
