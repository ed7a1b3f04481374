import "reflect-metadata";
import { Command } from "commander";
import { BadConfiguration } from "../subgraphs/_shared/serving/environment.ts";
import { StoreHasData, seedCountry } from "./seed/seed-country.ts";
import { seedProgress } from "./seed/seed-progress.ts";
import { openStore } from "./seed/seeded-store.ts";
import { wholeNumber } from "./terminal/whole-number.ts";

/** Cards run with the calendar year, and elders of the country have died since 2022. */
const FIRST_YEAR = 2024;
const MOST_CITIZENS = 50_000_000;

type Options = { citizens: number; seed: number; year: number; add: boolean };

const command = new Command("npm run seed --")
  .description(
    "Enters an invented country into the registers of all agencies: persons, households, births, marriages, deaths, cards, parcels, shops and dossiers, in which a person has the same name and number everywhere. The same options make the same country. An interrupted run continues when it is repeated.",
  )
  .requiredOption("--citizens <n>", "living citizens, beside those of the demo", wholeNumber(1, MOST_CITIZENS))
  .option("--seed <n>", "makes another country", wholeNumber(0, 2 ** 31 - 1), 1)
  .option(
    "--year <yyyy>",
    "the country is as it was on the first day of this year",
    wholeNumber(FIRST_YEAR, 2099),
    new Date().getFullYear(),
  )
  .option("--add", "add the country to registers that have entries", false)
  .addHelpText(
    "after",
    `
Exit code: 0 the country is entered; 1 it is not; 2 wrong usage, or the registers have entries and --add is not given.
Environment:
  MOTCUA_DATA    data directory of npm start (.data); its PostgreSQL is started unless it runs
  DATABASE_URL   a PostgreSQL whose role may create databases and roles, as for npm start`,
  )
  .exitOverride((exit) => process.exit(exit.exitCode === 0 ? 0 : 2));

async function main(): Promise<void> {
  const { citizens, seed, year, add } = command.parse().opts<Options>();
  const store = await openStore(process.env);
  const { printProgress, endLine, rate } = seedProgress(citizens);
  try {
    const done = await seedCountry(
      store.urls,
      { citizens, seed, year },
      { add, now: new Date(), progressed: printProgress },
    );
    endLine();
    console.log(
      `${done.citizens} citizens in ${done.communes} communes are in the registers of ${store.where}, ${rate(done.citizens)}/s`,
    );
  } finally {
    endLine();
    await store.close();
  }
}

main().catch((error: unknown) => {
  const isUsage = error instanceof BadConfiguration || error instanceof StoreHasData;
  console.error(isUsage ? error.message : error);
  process.exitCode = isUsage ? 2 : 1;
});
