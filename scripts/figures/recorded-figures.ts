import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { figuresChart } from "./figures-chart.ts";

/** A measured value in words, with the target it must reach, if there is one. */
export type Figure = { what: string; measured: string; target?: string; reached?: boolean };

/** Conditions of one run. Values of runs before figures were recorded by the benches may be unknown. */
type Run = { date: string; commit: string; cores: number; cpu: string; memory: string; node: string };

/** The last recorded run of one part of a bench. */
type RecordedPart = { command: string; run: Run; note?: string; figures: Figure[] };

/** By part, such as "throughput" or "var". */
export type RecordedFigures = Record<string, RecordedPart>;

const jsonPath = () => projectPath("scripts", "figures.json");
const chartPath = () => projectPath("scripts", "figures.svg");
const markdownPath = () => projectPath("scripts", "FIGURES.md");

export function recordedFigures(): RecordedFigures {
  return JSON.parse(readFileSync(jsonPath(), "utf8")) as RecordedFigures; // written only by recordFigures
}

/** Replaces the figures of one part in `scripts/figures.json` and renders `scripts/FIGURES.md` and `scripts/figures.svg` again. */
export function recordFigures(command: string, part: string, figures: Figure[]): void {
  const recorded = { ...recordedFigures(), [part]: { command, run: currentRun(), figures } };
  writeFileSync(jsonPath(), `${JSON.stringify(recorded, null, 2)}\n`);
  writeFileSync(markdownPath(), figuresMarkdown(recorded));
  drawFigures();
}

/** Draws the recorded figures. @returns the path of the SVG */
export function drawFigures(): string {
  writeFileSync(chartPath(), figuresChart(recordedFigures()));
  return chartPath();
}

function currentRun(): Run {
  const [cpu] = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: commit(),
    cores: cpus().length,
    cpu: cpu?.model.trim() || "unknown",
    memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    node: process.version,
  };
}

function commit(): string {
  try {
    return execFileSync("git", ["describe", "--always", "--dirty"], { cwd: projectPath(), stdio: "pipe" })
      .toString()
      .trim();
  } catch {
    return "unknown"; // not a git checkout
  }
}

/** The text of `scripts/FIGURES.md`. */
export function figuresMarkdown(recorded: RecordedFigures): string {
  const sections = Object.entries(recorded).map(([part, { command, run, note, figures }]) =>
    [
      `## ${part}`,
      "",
      `\`${command}\`, ${run.date}, commit ${run.commit}; ${run.cores} cores, ${run.cpu}, ${run.memory}, Node.js ${run.node}.`,
      ...(note ? ["", note] : []),
      "",
      "| what | measured | target |",
      "|---|---|---|",
      ...figures.map(
        ({ what, measured, target, reached }) =>
          `| ${what} | ${measured} | ${target ? `${target}${verdict(reached)}` : "–"} |`,
      ),
    ].join("\n"),
  );
  const head = `# Figures

The benches write this file and \`scripts/figures.json\` with \`--write\`. Each section is the last recorded run of one part.
Machines differ and are noisy: compare ratios of one run, not absolute values of two. \`npm run bench:gateway\` uses one core for
the gateway and another for the subgraphs and the clients: four fast subgraphs, distinct variables in every request, 32
connections, the contestants in turn. Ours has rights, costs, sealed identities, metrics, log and deadlines on.

![Figures against their targets](figures.svg)`;
  const analysis = readFileSync(projectPath("scripts", "figures", "analysis.md"), "utf8").trimEnd();
  return `${[head, ...sections, analysis].join("\n\n")}\n`;
}

function verdict(reached: boolean | undefined): string {
  if (reached === undefined) return "";
  return reached ? " (reached)" : " (not reached)";
}
