import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import postgres from "postgres";
import { addDays, type LegalDay } from "../subgraphs/_shared/reference/days.ts";
import { endReminders, type Look, reopenReminders, sweepReminders } from "../subgraphs/_shared/reminders/sweep.ts";
import { prepareDatabase } from "../subgraphs/_shared/serving/preparation.ts";
import { licenceExpiry } from "../subgraphs/business/reminders/licence-expiry.ts";
import { loadDefinition } from "../subgraphs/load-definition.ts";
import { type Figure, recordFigures } from "./figures/recorded-figures.ts";
import { provisionDatabases } from "./postgres/databases.ts";
import { startPostgres } from "./postgres/launcher.ts";
import { wholeNumber } from "./terminal/whole-number.ts";

const DAY = "2026-12-01" as LegalDay;
const TARGET_SECONDS = 60;

const command = new Command("bench:reminders")
  .description(
    "Measures the daily sweep of the business agency for licences in their renewal window, with an empty database of its own.\nLoads synthetic licences, of which all enter the window on the day, and as many that are over or not due.",
  )
  .option("--licences <n>", "licences that enter their renewal window", wholeNumber(1), 100_000)
  .option("--write", "record the figures in scripts/figures.json and scripts/FIGURES.md")
  .parse();
const { licences, ...options } = command.opts<{ licences: number; write?: true }>();

const data = mkdtempSync(join(tmpdir(), "motcua-bench-reminders-"));
const server = await startPostgres({ directory: data });
try {
  const urls = await provisionDatabases(server.adminUrl, ["business"], { business: "bench-only" });
  const url = urls.business ?? "";
  await import("reflect-metadata"); // the decorators of the definition need it
  const definition = await loadDefinition("business");
  await prepareDatabase(url, definition, { seeds: false, now: new Date(), accessRetentionMonths: 24 });
  const sql = postgres(url, { max: 2, onnotice: () => {} });
  await load(sql);
  const first = await timed(sql, DAY);
  const second = await timed(sql, addDays(DAY, 1));
  const scans = await indexScans(sql);
  const all = await look(sql, {});
  const changed = await look(sql, { since: new Date() });
  await sql.end();
  if (scans === 0) throw new Error("The sweeps did not use the index of the days to request a renewal");
  if (first.found !== licences || second.found !== 0)
    throw new Error(`The sweeps found ${first.found} and ${second.found} of ${licences}`);
  const figures: Figure[] = [
    {
      what: `sweep of ${licences} licences that enter their renewal window on one day, beside as many that are over and as many not due`,
      measured: `${first.seconds.toFixed(1)} s`,
      target: `at most ${TARGET_SECONDS} s for 100000`,
      reached: first.seconds <= TARGET_SECONDS,
    },
    { what: "the sweep of the next day, which finds none", measured: `${second.seconds.toFixed(2)} s` },
    {
      what: `first look of a day for reminders that have ended or are open again, which compares ${licences} with their licences`,
      measured: `${(all * 1000).toFixed(0)} ms`,
    },
    {
      what: "look of the following minutes, while nothing is changed",
      measured: `${(changed * 1000).toFixed(1)} ms`,
    },
  ];
  for (const { what, measured } of figures) console.log(`${what}: ${measured}`);
  if (options.write) recordFigures("npm run bench:reminders", "reminders", figures);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
}

async function timed(sql: postgres.Sql, day: LegalDay): Promise<{ found: number; seconds: number }> {
  let found = 0;
  const seconds = await secondsOf(async () => {
    found = (await sweepReminders(sql, licenceExpiry, day)) ?? 0;
  });
  return { found, seconds };
}

function look(sql: postgres.Sql, of: Look): Promise<number> {
  return secondsOf(async () => {
    await endReminders(sql, licenceExpiry, DAY, of);
    await reopenReminders(sql, licenceExpiry, DAY, of);
  });
}

async function secondsOf(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return (performance.now() - began) / 1000;
}

/** Number of scans of the index by which a sweep finds licences. */
async function indexScans(sql: postgres.Sql): Promise<number> {
  await sql`select pg_stat_force_next_flush()`;
  await new Promise((resolve) => setTimeout(resolve, 1_000)); // the statistics are sent after the transaction
  const [found] = await sql<{ scans: number }[]>`
    select idx_scan::int as scans from pg_stat_user_indexes where indexrelname = 'live_licences_by_renewal'`;
  return found?.scans ?? 0;
}

/** One licence of each kind of time for each business: one that enters the window, one that is over, and one that is not due. */
async function load(sql: postgres.Sql): Promise<void> {
  await sql`
    insert into businesses (id, code)
    select gen_random_uuid(), '0931' || lpad(n::text, 8, '0') from generate_series(1, ${licences}::int) n`;
  await sql.begin(async (tx) => {
    await tx`
      insert into business_versions (business_id, valid_from, recorded_by, ground, name, kind, commune_list, commune_code,
             address_line, registered_on, people_count, line_count)
      select id, '2024-01-01', 'bench', 'bench', 'Mẫu', 'HOUSEHOLD', list, c.code, 'Số 1', '2024-01-01', 1, 1
        from businesses, (select list, code from communes limit 1) c`;
    await tx`insert into business_people (business_id, version, role, personal_id) select id, 1, 'OWNER', code from businesses`;
    await tx`insert into business_lines (business_id, version, place, list, code) select id, 1, 1, '2018', '4711' from businesses`;
  });
  for (const [letter, renewBy] of [
    ["D", addDays(DAY, 30)],
    ["O", addDays(DAY, -60)],
    ["N", addDays(DAY, 400)],
  ] as const) {
    await sql`
      with head as (
        insert into licences (id, number, business_id, kind)
        select gen_random_uuid(), ${letter} || code, id, 'LIQUOR_RETAIL' from businesses returning id)
      insert into licence_versions (licence_id, valid_from, recorded_by, ground, issued_on, expires_on, renew_by)
      select id, '2024-01-01', 'bench', 'bench', '2024-01-01', ${renewBy}::date + 30, ${renewBy} from head`;
  }
  await sql`vacuum analyze`; // as autovacuum does in time
}
