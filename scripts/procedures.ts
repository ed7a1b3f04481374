import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { Command } from "commander";
import postgres from "postgres";
import { liveRules } from "../subgraphs/one-stop/clock-rules/rules-log.ts";
import { type CatalogueEntry, catalogueFile } from "../subgraphs/one-stop/procedures/catalogue.ts";
import { importRows, readRows } from "../subgraphs/one-stop/procedures/catalogue-import.ts";
import { tryVersion } from "../subgraphs/one-stop/single-procedures/version-trial.ts";

const MONTH_MS = 30 * 86_400_000;

/** Name of a version as the report of an import has it. */
const nameOf = ({ code, validFrom }: CatalogueEntry) => `${code} from ${validFrom}`;

/** Writes the whole file beside the old one and puts it in its place, so that a reader sees the old or the new one. */
function replaceFile(path: string, text: string): void {
  const next = `${path}.next`;
  writeFileSync(next, text);
  renameSync(next, path);
}

/** Says what the versions would have made of last month's dossiers. The database is only read. */
async function tryOnDossiers(url: string, versions: readonly CatalogueEntry[]): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const rules = liveRules(sql);
    await rules.refresh();
    const since = new Date(Date.now() - MONTH_MS);
    for (const entry of versions) {
      const found = await tryVersion(sql, entry, since, rules.current());
      console.log(`${entry.code}: ${found.length} dossiers of the last 30 days`);
      for (const { code, refusals, dueBefore, dueAfter } of found) {
        if (refusals.length > 0) console.log(`  ${code} would be refused: ${refusals.join("; ")}`);
        if (dueBefore !== dueAfter) console.log(`  ${code} would be due on ${dueAfter} instead of ${dueBefore}`);
      }
    }
  } finally {
    await sql.end({ timeout: 2 });
  }
}

async function importFile(file: string, { dryRun }: { dryRun?: boolean }): Promise<void> {
  const path = catalogueFile();
  const catalogue = JSON.parse(readFileSync(path, "utf8"));
  const rows = readRows(readFileSync(file, "utf8"), file.toLowerCase().endsWith(".csv") ? "csv" : "json");
  const { entries, added, unchanged, refused } = importRows(catalogue.procedures, rows);
  for (const { row, code, reasons } of refused)
    console.error(`row ${row} (${code}) is refused:\n${reasons.map((reason) => `  ${reason}`).join("\n")}`);
  if (refused.length > 0) {
    console.error(`${refused.length} of ${rows.length} rows are refused; nothing is written`);
    process.exitCode = 1;
    return;
  }
  for (const each of added) console.log(`${dryRun ? "would add" : "added"} ${each}`);
  if (!dryRun && added.length > 0)
    replaceFile(path, `${JSON.stringify({ ...catalogue, procedures: entries }, null, 1)}\n`);
  const url = process.env.DATABASE_URL;
  const known = new Set<unknown>(catalogue.procedures);
  if (dryRun && url)
    await tryOnDossiers(
      url,
      entries.filter((entry) => added.includes(nameOf(entry)) && !known.has(entry)),
    );
  console.log(`${added.length} versions ${dryRun ? "would be added" : "added"}, ${unchanged.length} unchanged`);
}

const program = new Command("procedures").description(
  "The catalogue of procedures as dated legal data: import FILE, or import --dry-run FILE",
);
program
  .command("import")
  .description("add the versions in a CSV or JSON file; one-stop reads them at its next start")
  .argument("<file>", "CSV or JSON")
  .option(
    "--dry-run",
    "report and write nothing; with DATABASE_URL of the desk, also try it on the dossiers of the last 30 days",
  )
  .action(importFile);
await program.parseAsync();
