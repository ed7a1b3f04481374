import "reflect-metadata"; // the definitions use type-graphql's decorators
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import type { Figure } from "../figures/recorded-figures.ts";
import { seedCountry } from "../seed/seed-country.ts";
import { seedProgress } from "../seed/seed-progress.ts";
import type { RunningSystem } from "../supervisor/system.ts";
import type { Desks } from "./desks.ts";
import { median, percentile } from "./figures.ts";
import { administratorUrls, warmUp } from "./loader.ts";

const TARGET = 1.3;
const ROUNDS = 10;
const WARM_UP = 200;
/** Citizens whose numbers are drawn for the reads. */
const DRAWN = 2_000;
/** Reads of which the statements are counted. */
const COUNTED = 100;
/** PostgreSQL sends the statistics of an idle connection after ten seconds. */
const STATISTICS_MS = 12_000;
/** Registers that a citizen is read from. The desk's own database is left out: its workers look for work meanwhile. */
const REGISTERS = ["civil-status", "residence", "health-insurance", "land", "business"] as const;
const COUNTRY = { seed: 1, year: 2026 };

type Store = { system: RunningSystem; desks: Desks };
type Read = { citizen: { fullName: string | null; residency: object | null } | null };
type Filled = { size: number; store: Store; numbers: string[] };
type Settings = { samples: number; few: number; many: number; say: (line: string) => void };

/**
 * Response times of the contract's citizen document, which all agencies answer, in a small country and in a large one, in alternation,
 * and the transactions that a read costs in the registers.
 */
export async function citizens(small: Store, large: Store, { samples, few, many, say }: Settings): Promise<Figure[]> {
  say(`Citizens: ${samples} times citizen(personalId), one after the other, of ${few} and of ${many} people in turn`);
  const filled = [await fill(small, few, say), await fill(large, many, say)] as const;
  say("  reading both countries into memory once");
  for (const { store } of filled) await warmUp(administratorUrls(store.system.adminUrl));
  for (const each of filled) await measure(each, WARM_UP);
  const times = filled.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++)
    for (const [place, each] of filled.entries()) times[place]?.push(...(await measure(each, samples / ROUNDS)));
  const statements = [];
  for (const each of filled) statements.push(await statementsOfRead(each));
  const [ofFew = [], ofMany = []] = times;
  const ratio = percentile(ofMany, 0.95) / percentile(ofFew, 0.95);
  const ms = (all: number[]) => `p95 ${percentile(all, 0.95).toFixed(1)} ms, median ${median(all).toFixed(1)} ms`;
  const figures = [
    {
      what: `p95 of citizen(personalId) with all agencies, ${many} against ${few} citizens`,
      measured: `${ratio.toFixed(2)} (${ms(ofMany)} against ${ms(ofFew)})`,
      ...{ target: `at most ${TARGET}`, reached: ratio <= TARGET },
    },
    {
      what: `transactions of the five registers for one citizen, at ${many} and at ${few} citizens`,
      measured: statements.toReversed().join(" and "),
      ...{ target: "the same", reached: statements[0] === statements[1] },
    },
  ];
  for (const { what, measured } of figures) say(`  ${what}: ${measured}`);
  return figures;
}

/** Enters the country unless it was kept from an earlier run, and draws citizens of it. */
async function fill(store: Store, size: number, say: (line: string) => void): Promise<Filled> {
  const began = performance.now();
  const { printProgress, endLine } = seedProgress(size);
  await seedCountry(
    store.system.databaseUrls,
    { ...COUNTRY, citizens: size },
    { add: true, now: new Date(), progressed: printProgress },
  );
  endLine();
  say(`  ${size} citizens are entered, ${Math.round((performance.now() - began) / 1_000)} s`);
  const sql = postgres(store.system.databaseUrls.residence, { max: 1 });
  const rows = await sql<{ number: string }[]>`
    select personal_id as number from persons p
     where exists (select from residencies where person_id = p.id) order by random() limit ${DRAWN}`;
  await sql.end();
  return { size, store, numbers: rows.map(({ number }) => number) };
}

async function measure({ store, numbers, size }: Filled, samples: number): Promise<number[]> {
  const all: number[] = [];
  for (let i = 0; i < samples; i++) {
    const personalId = numbers[Math.floor(Math.random() * numbers.length)] ?? "";
    const started = performance.now();
    const { citizen } = await store.desks.ask<Read>("citizen", { personalId });
    all.push(performance.now() - started);
    if (!citizen?.fullName) throw new Error(`A citizen of the country of ${size} has no name`);
  }
  return all;
}

/** Transactions for a read, to one decimal: a register reads with statements outside of transactions, each of which counts as one. */
async function statementsOfRead(filled: Filled): Promise<string> {
  const before = await transactions(filled.store);
  await measure(filled, COUNTED);
  const after = await transactions(filled.store);
  return ((after - before) / COUNTED).toFixed(1);
}

async function transactions({ system }: Store): Promise<number> {
  await sleep(STATISTICS_MS);
  const urls = administratorUrls(system.adminUrl);
  const names = REGISTERS.map((name) => new URL(urls[name]).pathname.slice(1));
  const sql = postgres(system.adminUrl, { max: 1 });
  const [row] = await sql<{ count: string }[]>`
    select sum(xact_commit) as count from pg_stat_database where datname in ${sql(names)}`;
  await sql.end();
  return Number(row?.count);
}
