import { createReadStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Command } from "commander";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { countryCommunes } from "../subgraphs/_shared/demo/country/country.ts";
import { prepareDatabase } from "../subgraphs/_shared/serving/preparation.ts";
import { loadDefinition } from "../subgraphs/load-definition.ts";
import { type Finished, runWatched } from "./bench/watched-command.ts";
import { type Figure, recordFigures } from "./figures/recorded-figures.ts";
import { databaseName, dropDatabases, provisionDatabases } from "./postgres/databases.ts";
import { startPostgres } from "./postgres/launcher.ts";
import { seedProgress } from "./seed/seed-progress.ts";
import { wholeNumber } from "./terminal/whole-number.ts";

/** The agency with one record for each citizen. */
const AGENCY = "health-insurance";
/** Citizens of the large country for one of the small one. */
const RATIO = 10;
const TARGET = 1.3;

const command = new Command("bench:files")
  .description(
    "Measures the export of a register to CSV and its import into an empty one: rows per second, and the memory that each command needs for a large file and for one of a tenth of it. Uses databases of its own.",
  )
  .option("--citizens <n>", "citizens of the large country, each with a card", wholeNumber(RATIO), 1_000_000)
  .option("--write", "record the figures in scripts/figures.json and scripts/FIGURES.md")
  .parse();
const { citizens, ...options } = command.opts<{ citizens: number; write?: true }>();

type Measured = { rows: number; exported: Finished; imported: Finished };

const data = mkdtempSync(join(tmpdir(), "motcua-bench-files-"));
const server = await startPostgres({ directory: join(data, "postgres") });
try {
  await import("reflect-metadata"); // the decorators of the definition need it
  const small = await measure(citizens / RATIO);
  const large = await measure(citizens);
  const figures = [...figuresOf("export", small, large), ...figuresOf("import", small, large)];
  for (const { what, measured } of figures) console.log(`${what}: ${measured}`);
  if (options.write) recordFigures(`npm run bench:files -- --citizens ${citizens}`, "files", figures);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
}

/** Exports the cards of an invented country, and imports them into an empty register. */
async function measure(size: number): Promise<Measured> {
  const file = join(data, `${size}.csv`);
  const full = await emptyRegister();
  await enterCards(full, size);
  const exported = await runWatched("export", [AGENCY, file], { DATABASE_URL: full });
  const imported = await runWatched("import", [AGENCY, file], { DATABASE_URL: await emptyRegister() });
  return { rows: await rowsOf(file), exported, imported };
}

/** A register without entries in place of the one before. @returns its URL */
async function emptyRegister(): Promise<string> {
  await dropDatabases(server.adminUrl, [databaseName(AGENCY)]);
  const urls = await provisionDatabases(server.adminUrl, [AGENCY], { [AGENCY]: "bench-only" });
  const url = urls[AGENCY] ?? "";
  const definition = await loadDefinition(AGENCY);
  await prepareDatabase(url, definition, { seeds: false, now: new Date(), accessRetentionMonths: 24 });
  return url;
}

async function enterCards(url: string, size: number): Promise<void> {
  const { enterCountry } = await loadDefinition(AGENCY);
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const { printProgress, endLine } = seedProgress(size);
  const progress = { citizens: 0, communes: 0 };
  for (const place of countryCommunes({ citizens: size, seed: 1, year: 2026 })) {
    await drizzle(sql).transaction(async (tx) => enterCountry?.(tx, place));
    progress.citizens += place.households.reduce((sum, { members }) => sum + members.length, 0);
    progress.communes++;
    printProgress(progress);
  }
  endLine();
  await sql`vacuum analyze`;
  await sql.end();
}

/** Lines of a file after its heading. */
async function rowsOf(file: string): Promise<number> {
  let lines = -1;
  for await (const _ of createInterface({ input: createReadStream(file) })) lines++;
  return lines;
}

function figuresOf(name: "export" | "import", small: Measured, large: Measured): Figure[] {
  const [few, many] = name === "export" ? [small.exported, large.exported] : [small.imported, large.imported];
  const ratio = many.peakMegabytes / few.peakMegabytes;
  return [
    {
      what: `${name} of ${large.rows} rows of CSV`,
      measured: `${many.seconds.toFixed(0)} s, ${Math.round(large.rows / many.seconds)} rows per second`,
    },
    {
      what: `most memory of the ${name} of ${large.rows} rows against that of ${small.rows}`,
      measured: `${ratio.toFixed(2)} times (${many.peakMegabytes.toFixed(0)} MB against ${few.peakMegabytes.toFixed(0)} MB)`,
      ...{ target: `at most ${TARGET} times`, reached: ratio <= TARGET },
    },
  ];
}
