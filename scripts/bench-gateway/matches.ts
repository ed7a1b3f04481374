import type { Figure } from "../figures/recorded-figures.ts";
import type { Counts } from "./bench-graph.ts";
import { type Contestant, type Recipe, start } from "./contestants.ts";
import { match, resultTable } from "./match.ts";
import { figuresOf, reached, tailFigure, verdicts } from "./targets.ts";
import type { Workload } from "./workloads.ts";

type Options = {
  directory: string;
  contestants?: readonly string[];
  rounds: number;
  seconds: number;
  connections: number;
  pause?: number | undefined;
  tokens: readonly string[];
  counts?: () => Promise<Counts>;
  say(line: string): void;
  record(workload: string, figures: Figure[]): void;
};

/** Contestants that can answer only fields of one subgraph. */
const FLOORS: ReadonlySet<string> = new Set(["forward", "forward-5", "bare"]);

/** Starts the contestants, runs each workload against them in turn, and reports the results. */
export async function matches(workloads: Workload[], recipes: Recipe[], options: Options): Promise<void> {
  const { directory, contestants, say } = options;
  const started: Contestant[] = [];
  try {
    for (const recipe of recipes) {
      if (!contestants || contestants.includes(recipe.name)) started.push(await start(recipe, directory));
    }
    for (const workload of workloads) {
      const those = started.filter(({ name }) => !FLOORS.has(name) || workload.name === "light");
      const results = await match(workload, those, options);
      say(resultTable(results));
      for (const { line } of verdicts(workload.name, results)) say(line);
      const tail = tailFigure(results);
      if (tail)
        say(
          `  ${workload.name}: p99 / p50: ${tail.measured} (target: ${tail.target})  ${reached(tail.reached === true)}`,
        );
      options.record(workload.name, figuresOf(workload.name, results));
    }
  } finally {
    for (const { program } of started) await program.stop();
  }
}
