import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { citizens } from "./bench/citizens.ts";
import { openDesks } from "./bench/desks.ts";
import { outage } from "./bench/outage.ts";
import { reads } from "./bench/reads.ts";
import { throughput } from "./bench/throughput.ts";
import { drawFigures, type Figure, recordFigures } from "./figures/recorded-figures.ts";
import { WITHOUT_PORTAL } from "./supervisor/server-processes.ts";
import { startSystem } from "./supervisor/system.ts";
import { wholeNumber } from "./terminal/whole-number.ts";

const command = new Command("bench")
  .description(
    "Measures throughput against plain SQL, submission during an outage, and reading at ten thousand and a million dossiers and citizens.\nStarts its own system on free ports. Compare ratios of one run: machines are noisy.",
  )
  .option("--only <part>", "throughput, outage, reads or citizens")
  .option("--write", "record the figures in scripts/figures.json and scripts/FIGURES.md")
  .option("--plot", "draw the recorded figures as scripts/figures.svg; measures nothing")
  .option("--desks <n>", "number of concurrent desks", wholeNumber(1), 32)
  .option("--seconds <s>", "seconds of a round", wholeNumber(1), 20)
  .option("--rounds <n>", "alternating rounds of the throughput part", wholeNumber(1), 3)
  .option(
    "--samples <n>",
    "submissions of the outage part, a tenth of the reads of the reads part",
    wholeNumber(1),
    200,
  )
  .option("--dossiers <n>", "size of the larger store of the reads part", wholeNumber(1), 1_000_000)
  .option("--citizens <n>", "size of the larger country of the citizens part", wholeNumber(1), 1_000_000)
  .option("--few-citizens <n>", "size of the smaller one", wholeNumber(1), 10_000)
  .option(
    "--keep <directory>",
    "keep and reuse the data in this directory, and the small store of the reads and citizens parts beside it",
  )
  .parse();
const options = command.opts<
  { write?: true; plot?: true; only?: string; keep?: string } & Record<
    "desks" | "seconds" | "rounds" | "samples" | "dossiers" | "citizens" | "fewCitizens",
    number
  >
>();
const say = (line: string) => console.log(line);

if (options.plot) {
  say(`Drew ${drawFigures()}`);
  process.exit();
}

const data = options.keep ?? mkdtempSync(join(tmpdir(), "motcua-bench-"));
say("Starting a system");
const opened: { close(): Promise<void> }[] = [];
const { system, desks } = await open(data);
let opening: ReturnType<typeof open> | undefined;
try {
  const wanted = (part: string) => !options.only || options.only === part;
  const { samples } = options;
  if (wanted("throughput")) {
    const settings = { desks: options.desks, seconds: options.seconds, rounds: options.rounds };
    record("throughput", await throughput(system, desks, { ...settings, say }));
  }
  if (wanted("outage")) record("outage", await outage(system, desks, { samples, say }));
  if (wanted("reads")) {
    const small = await smallStore();
    const settings = { samples: samples * 10, dossiers: options.dossiers, say };
    record("reads", await reads(small, { system, desks }, settings));
  }
  if (wanted("citizens")) {
    const small = await smallStore();
    const sizes = { few: options.fewCitizens, many: options.citizens };
    const settings = { samples: samples * 10, ...sizes, say };
    record("citizens", await citizens(small, { system, desks }, settings));
  }
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  for (const { close } of opened) await close();
}

/** Store of ten thousand, which the reads and the citizens part have in common. */
async function smallStore() {
  opening ??= open(`${data}-small`);
  return opening;
}

function record(part: string, figures: Figure[]): void {
  if (options.write) recordFigures("npm run bench", part, figures);
}

async function open(data: string) {
  const system = await startSystem({
    data,
    ports: "free",
    environment: { LOG_LEVEL: "error", DATABASE_POOL: "16", ...WITHOUT_PORTAL },
  });
  const desks = await openDesks(system.gatewayUrl);
  const close = async () => {
    await desks.close();
    await system.stop();
    if (!options.keep) rmSync(data, { recursive: true, force: true });
  };
  opened.push({ close });
  return { system, desks };
}
