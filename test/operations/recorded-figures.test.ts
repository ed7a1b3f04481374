import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { figuresChart, shareOf } from "../../scripts/figures/figures-chart.ts";
import { figuresMarkdown, recordedFigures } from "../../scripts/figures/recorded-figures.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

test("scripts/FIGURES.md shows exactly the figures of scripts/figures.json", () => {
  expect(readFileSync(projectPath("scripts", "FIGURES.md"), "utf8")).toBe(figuresMarkdown(recordedFigures()));
});

test("scripts/figures.svg draws exactly the figures of scripts/figures.json", () => {
  const chart = readFileSync(projectPath("scripts", "figures.svg"), "utf8");
  expect(chart).toBe(figuresChart(recordedFigures()));
});

test.each([
  ["0.35 (44/s of 128/s)", "at least 0.3", 0.35 / 0.3],
  ["2.6 to 2.9 s", "at most 8 s", 2.9 / 8],
  ["−5 % from the first quarter", "under 10 %", -0.5],
  ["1222 µs of CPU per request (6.71 × ours), 811 requests/s", "at least 12 times ours", 6.71 / 12],
  ["84 µs of CPU per request (0.46 × ours)", "ours at most 2.2 times", 1 / 0.46 / 2.2],
  ["671 µs of CPU per request (1.30 × ours)", "more than ours", undefined],
  ["0", "none", undefined],
])("a bar of %s against %s compares numbers of one kind", (measured, target, share) => {
  expect(shareOf(measured, target)).toBe(share);
});

test("a chart draws what is beyond its scale to its end, and escapes what SVG would read", () => {
  const figure = { what: "a < b & c", measured: "9,000 ms", target: "at most 3,000", reached: false };
  const chart = figuresChart({ slow: { figures: [figure] } });
  expect(chart).toContain("a &lt; b &amp; c");
  expect(chart).toContain('class="missed" x="24" y="92" width="400"');
});

test("every recorded figure states its date, commit and machine", () => {
  for (const { run } of Object.values(recordedFigures())) {
    expect(run.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(run.commit).toMatch(/^[0-9a-f]{7,}/);
    expect(run.cores).toBeGreaterThan(0);
  }
});
