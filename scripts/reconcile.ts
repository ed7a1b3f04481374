import { Command, InvalidArgumentError, Option } from "commander";
import type postgres from "postgres";
import { demoState, noDemo } from "../subgraphs/_shared/demo/demo-state.ts";
import { openDatabase } from "../subgraphs/_shared/serving/database.ts";
import { BadConfiguration } from "../subgraphs/_shared/serving/environment.ts";
import { bundles } from "../subgraphs/one-stop/bundles/bundles.ts";
import { liveRules } from "../subgraphs/one-stop/clock-rules/rules-log.ts";
import { type OneStopConfiguration, oneStopConfiguration } from "../subgraphs/one-stop/configuration.ts";
import { type DossierKinds, dossierKinds } from "../subgraphs/one-stop/definitions/dossier-kind.ts";
import { portalExitCode, reconcilePortal } from "../subgraphs/one-stop/national-portal/reconcile-portal.ts";
import { deliveryContext } from "../subgraphs/one-stop/national-portal/start-portal.ts";
import { count, exitCode, noCounts } from "../subgraphs/one-stop/reconciliation/finding-counts.ts";
import { type Progress, type Reconciled, reconcile } from "../subgraphs/one-stop/reconciliation/run-reconciliation.ts";
import { agencyClient } from "../subgraphs/one-stop/saga/agency-client.ts";
import { singleProcedure } from "../subgraphs/one-stop/single-procedures/single-procedure.ts";
import { deskEnvironment } from "./reconcile/desk-environment.ts";
import { portalFindingLine, portalProgressLine, portalSummaryLines } from "./reconcile/portal-report.ts";
import { findingLine, progressLine, summaryLines } from "./reconcile/report.ts";
import { progressWriter } from "./terminal/progress-writer.ts";

type Options = {
  since?: Date;
  until?: Date;
  dossier?: string;
  upstream?: string;
  dryRun: boolean;
  json: boolean;
};

const command = new Command("npm run reconcile --")
  .description(
    "Compares every dossier of the one-stop desk with what the agencies' registers answer, after a restore of one of the databases, say. Prints what differs and resumes what is open. Safe beside a running system, best before it takes new requests.",
  )
  .option("--since <instant>", "only dossiers recorded from then on, such as 2026-11-23T00:00+07:00", instant)
  .option("--until <instant>", "only dossiers recorded before", instant)
  .option("--dossier <code>", "this one alone; what the desk has lost is not looked for")
  .addOption(
    new Option("--upstream <name>", "compares with this portal instead, and delivers what it lacks").choices([
      "national-portal",
    ]),
  )
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
  IDENTITY_KEYS_<AGENCY>  as the one-stop desk has them; on one machine those of the data directory
  NATIONAL_PORTAL_…       with --upstream national-portal, as the one-stop desk has them`,
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
  const demo = environment.MOTCUA_DEMO_DIR ? demoState(environment.MOTCUA_DEMO_DIR) : noDemo;
  const now = () => new Date(Date.now() + demo.clockOffsetMs());
  const desk = { sql: database.sql, kinds: dossierKinds(bundles, singleProcedure), configuration, now };
  try {
    await requireDesk(database.sql);
    return await (options.upstream === undefined ? withAgencies(desk, options) : withPortal(desk, options));
  } finally {
    await database.close();
  }
}

type Desk = { sql: postgres.Sql; kinds: DossierKinds; configuration: OneStopConfiguration; now(): Date };

/** Compares with the agencies. @returns the exit code */
async function withAgencies({ sql, kinds, configuration, now }: Desk, options: Options): Promise<number> {
  const agencies = agencyClient(configuration.agencies, configuration.deliveryTimeoutMs);
  const counts = noCounts();
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1_000;
  const { printProgress, endLine } = progressWriter<Progress>((progress) => progressLine(progress, seconds()));
  try {
    const done = await reconcile(
      { ...{ sql, kinds, backoff: configuration.backoff, now, agencies }, rules: liveRules(sql) },
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
    requireFound(options, done.dossiers);
    const code = exitCode(counts, done);
    print(options, counts, done, seconds(), code);
    return code;
  } finally {
    await agencies.close();
  }
}

/** Compares with the national portal. @returns the exit code */
async function withPortal({ configuration, ...desk }: Desk, options: Options): Promise<number> {
  const { nationalPortal: portal } = configuration;
  if (!portal) throw new Unusable("NATIONAL_PORTAL_URL is not set: the desk delivers to no national portal");
  const { printProgress, endLine } = progressWriter(portalProgressLine);
  const context = deliveryContext({ ...desk, configuration, portal });
  const done = await reconcilePortal(
    context,
    { ...options, concurrency: Math.max(portal.concurrency, 1) },
    {
      found(finding) {
        endLine();
        console.log(options.json ? JSON.stringify({ type: "finding", ...finding }) : portalFindingLine(finding));
      },
      progressed: printProgress,
    },
  );
  endLine();
  requireFound(options, done.dossiers);
  const code = portalExitCode(done);
  console.log(
    options.json ? JSON.stringify({ type: "summary", ...done, exitCode: code }) : portalSummaryLines(done).join("\n"),
  );
  return code;
}

function requireFound({ dossier }: Options, found: number): void {
  if (dossier !== undefined && found === 0) throw new Unusable(`No dossier has the code ${dossier}`);
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

async function requireDesk(sql: postgres.Sql): Promise<void> {
  try {
    const [found] = await sql<{ there: boolean }[]>`
      select to_regclass('steps') is not null and to_regclass('requests') is not null as there`;
    if (found?.there) return;
  } catch (error) {
    throw new Unusable(`One-stop's database does not answer: ${error instanceof Error ? error.message : error}`);
  }
  throw new Unusable("DATABASE_URL does not lead to one-stop's own database: the tables of its dossiers are not there");
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
