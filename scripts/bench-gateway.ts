import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { type Contestant, start } from "./bench-gateway/contestants.ts";
import { isPinnable, keepAside } from "./bench-gateway/machine/cores.ts";
import { match, resultTable } from "./bench-gateway/match.ts";
import { setStage } from "./bench-gateway/stage.ts";
import { verdicts } from "./bench-gateway/targets.ts";
import { workloads } from "./bench-gateway/workloads.ts";

const PARTS = ["light", "var", "heavy"];

function whole(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError("must be a whole number above zero");
}

const command = new Command("bench:gateway")
  .description("The gateway's figures, against other gateways, in alternated rounds on one core.")
  .option("--only <parts>", `some of ${PARTS.join(", ")}, separated by commas`, (text) => text.split(","), PARTS)
  .option("--contestants <names>", "only these", (text) => text.split(","))
  .option("--rounds <n>", "alternated rounds", whole, 3)
  .option("--seconds <s>", "length of a contestant's turn", whole, 5)
  .option("--connections <n>", "connections that ask at once", whole, 32)
  .parse();
const options = command.opts<{
  only: string[];
  contestants?: string[];
  rounds: number;
  seconds: number;
  connections: number;
}>();
const say = (line: string) => console.log(line);

if (isPinnable) keepAside(process.pid);
else say("taskset is not here (or there is one core only): nothing is held on a core, figures are noisier");
const directory = mkdtempSync(join(tmpdir(), "motcua-bench-gateway-"));
const stage = await setStage(directory);
const started: Contestant[] = [];
try {
  for (const recipe of await stage.recipes(say)) {
    if (options.contestants && !options.contestants.includes(recipe.name)) continue;
    started.push(await start(recipe, directory));
  }
  for (const workload of workloads.filter(({ name }) => options.only.includes(name))) {
    const those = started.filter(({ name }) => name !== "bare" || workload.name === "light");
    const { rounds, seconds, connections } = options;
    const { tokens, counts } = stage;
    const results = await match(workload, those, { rounds, seconds, connections, warmUp: 3, tokens, counts, say });
    say(resultTable(results));
    for (const line of verdicts(workload.name, results)) say(line);
  }
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  for (const { program } of started) await program.stop();
  await stage.close();
  rmSync(directory, { recursive: true, force: true });
}
