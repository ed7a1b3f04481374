import { Command, InvalidArgumentError } from "commander";
import { demoState, noDemo } from "../subgraphs/_shared/demo/demo-state.ts";
import { openDatabase } from "../subgraphs/_shared/serving/database.ts";
import { BadConfiguration } from "../subgraphs/_shared/serving/environment.ts";
import { bundles } from "../subgraphs/one-stop/bundles/bundles.ts";
import { liveRules } from "../subgraphs/one-stop/clock-rules/rules-log.ts";
import { oneStopConfiguration } from "../subgraphs/one-stop/configuration.ts";
import { dossierKinds } from "../subgraphs/one-stop/definitions/dossier-kind.ts";
import { count, exitCode, noCounts } from "../subgraphs/one-stop/reconciliation/finding-counts.ts";
import { type Progress, type Reconciled, reconcile } from "../subgraphs/one-stop/reconciliation/run-reconciliation.ts";
import { agencyClient } from "../subgraphs/one-stop/saga/agency-client.ts";
import { singleProcedure } from "../subgraphs/one-stop/single-procedures/single-procedure.ts";
import { deskEnvironment } from "./reconcile/desk-environment.ts";
import { findingLine, progressLine, summaryLines } from "./reconcile/report.ts";

type Options = { since?: Date; until?: Date; dossier?: string; dryRun: boolean; json: boolean };

const PROGRESS_EVERY_MS = process.stderr.isTTY ? 200 : 5_000;

const command = new Command("npm run reconcile --")
  .description(
    "Compares every dossier of the one-stop desk with what the agencies' registers answer, after a restore of one of the databases, say. Prints what differs and resumes what is open. Safe beside a running system, best before it takes new requests.",
  )
  .option("--since <instant>", "only dossiers recorded from then on, such as 2026-11-23T00:00+07:00", instant)
  .option("--until <instant>", "only dossiers recorded before", instant)
  .option("--dossier <code>", "this one alone; what the desk has lost is not looked for")
  .option("--dry-run", "change nothing, neither here nor at an agency", false)
  .option("--json", "one JSON object a line: each finding, then the summary", false)
  .addHelpText(
    "after",
    `
Exit code: 0 nothing differs, or all that did is resumed; 1 a person must look (or a dry run left something);
           2 wrong usage, or the database or an agency did not answer.
Environment:
  DATABASE_URL            one-stop's own database; without it, that of the system npm start runs on MOTCUA_DATA (.data)
  SUBGRAPH_URL_<AGENCY>   of an agency, such as SUBGRAPH_URL_RESIDENCE; by default its port (PORT_<AGENCY>) on this machine
  IDENTITY_KEYS_<AGENCY>  as the one-stop desk has them; on one machine those of the data directory`,
  )
  .exitOverride((exit) => process.exit(exit.exitCode === 0 ? 0 : 2));

function instant(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new InvalidArgumentError("Give an instant, such as 2026-11-23T00:00+07:00.");
  return date;
}

async function main(): Promise<number> {
  const options = command.parse().opts<Options>();
  const environment = await deskEnvironment(process.env);
  const configuration = oneStopConfiguration(environment);
  const database = openDatabase(environment.DATABASE_URL ?? "", {
    name: "reconcile",
    pool: 4,
    statementTimeoutMs: 60_000,
  });
  const agencies = agencyClient(configuration.agencies, configuration.deliveryTimeoutMs);
  const demo = environment.MOTCUA_DEMO_DIR ? demoState(environment.MOTCUA_DEMO_DIR) : noDemo;
  const now = () => new Date(Date.now() + demo.clockOffsetMs());
  const counts = noCounts();
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1_000;
  const { printProgress, endLine } = progressWriter(seconds);
  try {
    await requireDesk(database.sql);
    const done = await reconcile(
      {
        ...{
          sql: database.sql,
          kinds: dossierKinds(bundles, singleProcedure),
          backoff: configuration.backoff,
          now,
          agencies,
        },
        rules: liveRules(database.sql),
      },
      options,
      {
        found(finding) {
          count(counts, finding);
          endLine();
          console.log(options.json ? JSON.stringify({ type: "finding", ...finding }) : findingLine(finding));
        },
        progressed: printProgress,
      },
    );
    endLine();
    if (options.dossier !== undefined && done.dossiers === 0)
      throw new Unusable(`No dossier has the code ${options.dossier}`);
    const code = exitCode(counts, done);
    print(options, counts, done, seconds(), code);
    return code;
  } finally {
    await Promise.all([agencies.close(), database.close()]);
  }
}

function print(
  options: Options,
  counts: ReturnType<typeof noCounts>,
  done: Reconciled,
  took: number,
  code: number,
): void {
  if (options.json) console.log(JSON.stringify({ type: "summary", ...done, counts, seconds: took, exitCode: code }));
  else console.log(summaryLines(counts, done, took).join("\n"));
}

/** A problem that the operator has to solve; exit code 2. */
class Unusable extends Error {}

async function requireDesk(sql: ReturnType<typeof openDatabase>["sql"]): Promise<void> {
  try {
    const [found] = await sql<{ there: boolean }[]>`
      select to_regclass('steps') is not null and to_regclass('requests') is not null as there`;
    if (found?.there) return;
  } catch (error) {
    throw new Unusable(`One-stop's database does not answer: ${error instanceof Error ? error.message : error}`);
  }
  throw new Unusable("DATABASE_URL does not lead to one-stop's own database: the tables of its dossiers are not there");
}

/** Progress on stderr, apart from the findings: one changing line on a terminal, else a line every five seconds. */
function progressWriter(seconds: () => number): { printProgress(progress: Progress): void; endLine(): void } {
  let last = 0;
  let open = false;
  return {
    printProgress(progress) {
      if (performance.now() - last < PROGRESS_EVERY_MS) return;
      last = performance.now();
      const line = progressLine(progress, seconds());
      process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
      open = process.stderr.isTTY;
    },
    endLine() {
      if (open) process.stderr.write("\r\x1b[K");
      open = false;
    },
  };
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const explained = error instanceof BadConfiguration || error instanceof Unusable;
    console.error(explained ? error.message : error);
    process.exitCode = 2;
  },
);
