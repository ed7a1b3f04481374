import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { type Contestant, start, titles } from "./bench-gateway/contestants.ts";
import { dataOf } from "./bench-gateway/match.ts";
import { startOwnSystem } from "./bench-gateway/own-agencies.ts";
import { installedPeers } from "./bench-gateway/peers.ts";
import { bodyOf, type Workload } from "./bench-gateway/workloads.ts";

new Command("npm run compare:gateway --")
  .description(
    "Sends the contract's read documents to our gateway, to Apollo Server with @apollo/gateway and to Hive Gateway, all over the\nsame running agencies, and compares `data` byte for byte. Exits 0 only if all are equal.",
  )
  .parse();

const SAMPLES = 10;
const say = (line: string) => console.log(line);

/** Differences of one document between the contestants, over several sets of variables. */
async function differences(workload: Workload, contestants: Contestant[], token: string): Promise<string[]> {
  const found: string[] = [];
  for (let n = 0; n < SAMPLES; n++) {
    const body = bodyOf(workload, n);
    const [ours, ...others] = await Promise.all(contestants.map(({ port }) => dataOf(port, body, token)));
    others.forEach((data, at) => {
      const name = contestants[at + 1]?.name;
      if (data !== ours && name)
        found.push(`${titles[name]}, ${JSON.stringify(workload.variables(n))}:\n${data}\n${ours}`);
    });
  }
  return found;
}

const directory = mkdtempSync(join(tmpdir(), "motcua-compare-gateway-"));
const contestants: Contestant[] = [];
const system = await startOwnSystem(directory, say);
try {
  const peers = await installedPeers(say);
  const recipes = [...system.recipes, ...(peers ? system.hiveRecipes(peers.hive) : [])];
  for (const recipe of recipes) contestants.push(await start(recipe, directory));
  say(`Comparing ${contestants.map(({ name }) => titles[name]).join(", ")}`);
  for (const workload of system.workloads) {
    const found = await differences(workload, contestants, system.tokens[0] ?? "");
    say(`${workload.name}: ${found.length === 0 ? `equal for ${SAMPLES} sets of variables` : "DIFFERENT"}`);
    for (const difference of found) say(difference);
    if (found.length > 0) process.exitCode = 1;
  }
} finally {
  for (const { program } of contestants) await program.stop();
  await system.close();
  rmSync(directory, { recursive: true, force: true });
}
