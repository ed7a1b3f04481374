import "reflect-metadata"; // the definitions of the agencies use decorators
import { Command, Option } from "commander";
import { BadConfiguration } from "../subgraphs/_shared/serving/environment.ts";
import type { HeadingLanguage } from "../subgraphs/_shared/transfer/columns.ts";
import { exportFile } from "../subgraphs/_shared/transfer/export-file.ts";
import { UnwritableFile } from "../subgraphs/_shared/transfer/write-records.ts";
import { progressWriter } from "./terminal/progress-writer.ts";
import { openTransfer, Unusable } from "./transfer/transferring-agency.ts";

const command = new Command("npm run export --")
  .description(
    "Exports the entries in force of the register of one agency, as they are at one moment. Former versions and acts stay in the register. The file holds citizens' data: only its owner may read it, and the export is recorded in the access log.",
  )
  .argument("<agency>", "such as residence")
  .argument("<file>", "CSV (.csv) or JSON Lines (.jsonl, .ndjson), in UTF-8")
  .option("--only <kind>", "records of this kind alone, such as HOUSEHOLD")
  .addOption(
    new Option("--headings <language>", "headings of CSV; an import understands either")
      .choices(["en", "vi"])
      .default("en"),
  )
  .addHelpText(
    "after",
    `
Exit code: 0 the file is written; 2 wrong usage, or the database or the file failed.
Environment:
  DATABASE_URL   the agency's own database; without it, that of the system npm start runs on MOTCUA_DATA (.data)`,
  )
  .exitOverride((exit) => process.exit(exit.exitCode === 0 ? 0 : 2));

async function main(): Promise<void> {
  const [agency = "", file = ""] = command.parse().args;
  const { only, headings } = command.opts<{ only?: string; headings: HeadingLanguage }>();
  const { database, kinds, format, caller } = await openTransfer(agency, file, { only, environment: process.env });
  const { printProgress, endLine } = progressWriter<number>((records) => `${records} records`);
  try {
    const records = await exportFile(database, file, { kinds, format, headings, caller, progressed: printProgress });
    endLine();
    console.log(`${records} records of ${agency} are in ${file}`);
  } finally {
    endLine();
    await database.close();
  }
}

main().catch((error: unknown) => {
  const isExplained = error instanceof BadConfiguration || error instanceof Unusable || error instanceof UnwritableFile;
  console.error(isExplained ? error.message : error);
  process.exitCode = 2;
});
