import "reflect-metadata"; // the definitions of the agencies use decorators
import { basename } from "node:path";
import { Command } from "commander";
import { legalDayOf } from "../subgraphs/_shared/reference/days.ts";
import { BadConfiguration } from "../subgraphs/_shared/serving/environment.ts";
import { importFile } from "../subgraphs/_shared/transfer/import-file.ts";
import type { ImportProgress } from "../subgraphs/_shared/transfer/import-progress.ts";
import { refusedFile } from "../subgraphs/_shared/transfer/refused-file.ts";
import { UnreadableFile } from "../subgraphs/_shared/transfer/utf8-text.ts";
import { progressWriter } from "./terminal/progress-writer.ts";
import { openTransfer, Unusable } from "./transfer/transferring-agency.ts";

type Options = { only?: string; ground?: string; dryRun: boolean };

const command = new Command("npm run import --")
  .description(
    "Imports records into the register of one agency, by the rules of its acts. Each record is imported whole or refused; refused ones are in FILE.refused.jsonl with their lines and problems. An interrupted import continues when it is repeated, and what the register has already is left alone. npm run export shows the columns.",
  )
  .argument("<agency>", "such as residence")
  .argument("<file>", "UTF-8: CSV (.csv) with a header, or JSON Lines (.jsonl, .ndjson)")
  .option("--only <kind>", "all records of the file are of this kind, such as HOUSEHOLD")
  .option("--ground <text>", "document on which the import rests, for every version (the file's name)")
  .option("--dry-run", "check everything against the register, and change nothing", false)
  .addHelpText(
    "after",
    `
Exit code: 0 everything is in the register; 1 records were refused; 2 wrong usage, or the file or the database cannot be read.
Environment:
  DATABASE_URL   the agency's own database; without it, that of the system npm start runs on MOTCUA_DATA (.data)`,
  )
  .exitOverride((exit) => process.exit(exit.exitCode === 0 ? 0 : 2));

function textOf({ line, entered, present, refused }: ImportProgress): string {
  return `line ${line}: ${entered} entered, ${present} already there, ${refused} refused`;
}

async function main(): Promise<number> {
  const [agency = "", file = ""] = command.parse().args;
  const { only, ground, dryRun } = command.opts<Options>();
  const { database, kinds, format, caller } = await openTransfer(agency, file, { only, environment: process.env });
  const { printProgress, endLine } = progressWriter(textOf);
  try {
    const done = await importFile(database.db, file, {
      ...{ agency, kinds, format, dryRun, caller, today: legalDayOf(new Date()), progressed: printProgress },
      origin: { recordedBy: caller.subject, ground: ground ?? `import ${basename(file)}` },
    });
    endLine();
    console.log(`${textOf(done)}${dryRun ? "; nothing was changed" : ""}`);
    if (done.refused > 0) console.log(`The refused records are in ${refusedFile(file, dryRun)}`);
    return done.refused > 0 ? 1 : 0;
  } finally {
    endLine();
    await database.close();
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const isExplained =
      error instanceof BadConfiguration ||
      error instanceof Unusable ||
      error instanceof UnreadableFile ||
      (error instanceof Error && "code" in error && error.code === "ENOENT");
    console.error(isExplained ? error.message : error);
    process.exitCode = 2;
  },
);
