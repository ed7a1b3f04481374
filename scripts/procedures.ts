import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { Command } from "commander";
import { catalogueFile } from "../subgraphs/one-stop/procedures/catalogue.ts";
import { importRows, readRows } from "../subgraphs/one-stop/procedures/catalogue-import.ts";

/** Writes the whole file beside the old one and puts it in its place, so that a reader sees the old or the new one. */
function replaceFile(path: string, text: string): void {
  const next = `${path}.next`;
  writeFileSync(next, text);
  renameSync(next, path);
}

function importFile(file: string, { dryRun }: { dryRun?: boolean }): void {
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
  console.log(`${added.length} versions ${dryRun ? "would be added" : "added"}, ${unchanged.length} unchanged`);
}

const program = new Command("procedures").description(
  "The catalogue of procedures as dated legal data: import FILE, or import --dry-run FILE",
);
program
  .command("import")
  .description("add the versions in a CSV or JSON file; one-stop reads them at its next start")
  .argument("<file>", "CSV or JSON")
  .option("--dry-run", "report and write nothing")
  .action(importFile);
program.parse();
