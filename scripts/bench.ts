import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { openDesks } from "./bench/desks.ts";
import { outage } from "./bench/outage.ts";
import { reads } from "./bench/reads.ts";
import { throughput } from "./bench/throughput.ts";
import { startSystem } from "./supervisor/system.ts";

const command = new Command("bench")
  .description(
    "The figures: throughput against plain SQL, submission during an outage, reading at ten thousand and a million dossiers.\nStarts a system of its own on free ports; ratios of one run, machines are noisy.",
  )
  .option("--only <part>", "throughput, outage or reads")
  .option("--desks <n>", "desks that submit at once", "32")
  .option("--seconds <s>", "length of a round", "20")
  .option("--rounds <n>", "alternated rounds of the throughput", "3")
  .option("--samples <n>", "submissions of the outage part, readings of the reads part", "200")
  .option("--dossiers <n>", "the larger store of the reads part", "1000000")
  .option("--keep <directory>", "keep (and reuse) the data in this directory; the small store of the reads beside it")
  .parse();
const options =
  command.opts<Record<"only" | "desks" | "seconds" | "rounds" | "samples" | "dossiers" | "keep", string | undefined>>();
const number = (text: string | undefined) => Number(text);
const say = (line: string) => console.log(line);

const data = options.keep ?? mkdtempSync(join(tmpdir(), "motcua-bench-"));
say("Starting a system");
const opened: { close(): Promise<void> }[] = [];
const { system, desks } = await open(data);
try {
  const wanted = (part: string) => !options.only || options.only === part;
  const samples = number(options.samples);
  if (wanted("throughput")) {
    await throughput(system, desks, {
      desks: number(options.desks),
      seconds: number(options.seconds),
      rounds: number(options.rounds),
      say,
    });
  }
  if (wanted("outage")) await outage(system, desks, { samples, say });
  if (wanted("reads")) {
    const small = await open(`${data}-small`);
    await reads(small, { system, desks }, { samples: samples * 10, dossiers: number(options.dossiers), say });
  }
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  for (const { close } of opened) await close();
}

async function open(data: string) {
  const system = await startSystem({ data, ports: "free", environment: { LOG_LEVEL: "error", DATABASE_POOL: "16" } });
  const desks = await openDesks(system.gatewayUrl);
  const close = async () => {
    await desks.close();
    await system.stop();
    if (!options.keep) rmSync(data, { recursive: true, force: true });
  };
  opened.push({ close });
  return { system, desks };
}
