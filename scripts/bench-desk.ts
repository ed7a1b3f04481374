import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { changes } from "./bench/desk/changes.ts";
import { lists, listsWith } from "./bench/desk/lists.ts";
import { openPeople } from "./bench/desk/people.ts";
import { rush } from "./bench/desk/rush.ts";
import { storage } from "./bench/desk/storage.ts";
import { webhooks } from "./bench/desk/webhooks.ts";
import { fillYear, type Store } from "./bench/desk/year.ts";
import { administratorUrls, warmUp } from "./bench/loader.ts";
import { type Figure, recordFigures } from "./figures/recorded-figures.ts";
import { WITHOUT_PORTAL } from "./supervisor/server-processes.ts";
import { startSystem } from "./supervisor/system.ts";
import { wholeNumber } from "./terminal/whole-number.ts";

const command = new Command("bench:desk")
  .description(
    "Measures the desk with a year of a province: response times of its lists against those of a small store, a rush of new dossiers and tracking reads, the bytes that a dossier takes, deliveries of webhooks beside a slow receiver, and reading the stream of changes.\nStarts its own systems on free ports and loads synthetic dossiers, the same in every run. Compare ratios of one run: machines are noisy.",
  )
  .option(
    "--only <part>",
    "storage, webhooks, lists, changes, rush, or load: the stores alone, for later runs with --keep",
  )
  .option("--lists <words>", "lists with one of these words in their names, such as workload,rates; with --only lists")
  .option("--write", "record the figures in scripts/figures.json and scripts/FIGURES.md")
  .option("--dossiers <n>", "dossiers of the year", wholeNumber(1), 1_500_000)
  .option("--small <n>", "dossiers of the small store", wholeNumber(1), 15_000)
  .option(
    "--bundles <n>",
    "finished 3-in-1 requests of the storage part; with few, the pending lists of GIN indexes count for much",
    wholeNumber(1),
    20_000,
  )
  .option(
    "--webhook-dossiers <n>",
    "dossiers of the webhooks part, with ten deliveries each to a receiver",
    wholeNumber(1),
    1_000,
  )
  .option("--samples <n>", "requests of each kind and size in the lists and changes parts", wholeNumber(1), 200)
  .option("--seconds <s>", "length of the rush", wholeNumber(1), 60)
  .option("--keep <directory>", "keep and reuse the year in this directory, and the small store beside it")
  .parse();
const options = command.opts<
  { write?: true; only?: string; lists?: string; keep?: string } & Record<
    "dossiers" | "small" | "bundles" | "webhookDossiers" | "samples" | "seconds",
    number
  >
>();
const PARTS = ["storage", "webhooks", "lists", "changes", "rush", "load"];
if (options.only !== undefined && !PARTS.includes(options.only))
  command.error(`error: --only is one of ${PARTS.join(", ")}`);
if (options.lists !== undefined && (options.only !== "lists" || options.write))
  command.error(
    "error: --lists goes with --only lists, and without --write: the figures of all lists are recorded together",
  );
const names = listsWith(options.lists);
if (names.length === 0)
  command.error(`error: no list has such a name; the lists are ${listsWith(undefined).join(", ")}`);
const say = (line: string) => console.log(line);
/** The rush comes from one caller on one address, which the default rate limits would stop. */
const UNLIMITED = { RATE_LIMIT_CALLER: "1000000000", RATE_LIMIT_ADDRESS: "1000000000" };

const wanted = (part: string) => !options.only || options.only === part;
const data = options.keep ?? mkdtempSync(join(tmpdir(), "motcua-bench-desk-"));
const opened: (() => Promise<void>)[] = [];
try {
  if (wanted("storage")) {
    const store = await open(`${data}-storage`, options.bundles, false);
    record("desk storage", await storage(store, say));
    await opened.pop()?.();
  }
  if (wanted("webhooks")) {
    const store = await open(`${data}-webhooks`, options.webhookDossiers, false);
    record("desk webhooks", await webhooks(store, say));
    await opened.pop()?.();
  }
  if (options.only !== "storage" && options.only !== "webhooks") {
    const year = await open(data, options.dossiers, true);
    say(`The year: ${year.dossiers} dossiers`);
    await fillYear(year, say);
    if (wanted("changes")) record("desk changes", await changes(year, { samples: options.samples, say }));
    if (wanted("lists") || options.only === "load") {
      const small = await open(`${data}-small`, options.small, true);
      say(`The small store: ${small.dossiers} dossiers`);
      await fillYear(small, say);
      if (wanted("lists")) {
        say("Reading both stores into memory once");
        for (const { system } of [small, year]) await warmUp(administratorUrls(system.adminUrl));
        record("desk lists", await lists(small, year, { names, samples: options.samples, say }));
      }
      await opened.pop()?.();
    }
    if (wanted("rush")) record("desk rush", await rush(year, { seconds: options.seconds, say }));
  }
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  for (const close of opened) await close();
}

function record(part: string, figures: Figure[]): void {
  if (options.write) recordFigures("npm run bench:desk", part, figures);
}

/** Starts a system; `kept` data stay with `--keep`. */
async function open(directory: string, dossiers: number, kept: boolean): Promise<Store> {
  const environment = { LOG_LEVEL: "error", DATABASE_POOL: "16", ...WITHOUT_PORTAL, ...UNLIMITED };
  const system = await startSystem({ data: directory, ports: "free", environment });
  const people = await openPeople(system.gatewayUrl, directory);
  opened.push(async () => {
    await people.close();
    await system.stop();
    if (!(kept && options.keep)) rmSync(directory, { recursive: true, force: true });
  });
  return { system, people, dossiers };
}
