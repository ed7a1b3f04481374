import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { type Contestant, start, titles } from "./bench-gateway/contestants.ts";
import { dataOf } from "./bench-gateway/match.ts";
import { setOwnStage } from "./bench-gateway/own-system.ts";
import { bodyOf, type Workload } from "./bench-gateway/workloads.ts";

new Command("npm run compare:gateway --")
  .description(
    "Sends the contract's read documents to our gateway and to Apollo Server with @apollo/gateway, both over the same running\nagencies, and compares `data` byte for byte. Exits 0 only if all are equal.",
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
const stage = await setOwnStage(directory, say);
try {
  for (const recipe of stage.recipes) contestants.push(await start(recipe, directory));
  for (const workload of stage.workloads) {
    const found = await differences(workload, contestants, stage.tokens[0] ?? "");
    say(`${workload.name}: ${found.length === 0 ? `equal for ${SAMPLES} sets of variables` : "DIFFERENT"}`);
    for (const difference of found) say(difference);
    if (found.length > 0) process.exitCode = 1;
  }
} finally {
  for (const { program } of contestants) await program.stop();
  await stage.close();
  rmSync(directory, { recursive: true, force: true });
}
