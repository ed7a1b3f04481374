import { sql as drizzleSql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { waitUntil } from "../../../scripts/campaign/wait-until.ts";
import { endOfDay, legalDayOf } from "../../../subgraphs/_shared/reference/days.ts";
import type { Tx } from "../../../subgraphs/_shared/serving/database.ts";
import { removeEmptyOpenWork } from "../../../subgraphs/one-stop/supervision/fold-open-work.ts";
import { openWork } from "../../../subgraphs/one-stop/supervision/open-work.ts";
import type { Scope } from "../../../subgraphs/one-stop/supervision/scope.ts";
import { type ChangingDossiers, changingDossiers } from "../changes/changing-dossiers.ts";
import { killedPrograms } from "../changes/killed-programs.ts";
import { addOffices } from "./random-dossiers.ts";
import { randomInstant, writeWork } from "./random-work.ts";

const DAY_MS = 86_400_000;
const SCOPES: readonly Scope[] = [
  { place: { province: "92" } },
  { place: { office: "31471" } },
  { place: { province: "92" }, agency: "RESIDENCE" },
  { place: { province: "01" }, procedure: "1.001193" },
].map((scope) => ({ agency: undefined, procedure: undefined, ...scope }) as Scope); // codes of agencies
const KEY = drizzleSql<string>`concat_ws('|', office, agency, procedure, step_key, dossier_procedure, officer)`;
const programs = killedPrograms("test", "one-stop", "figures", "open-work-program.ts");
let database: ChangingDossiers;

beforeAll(async () => {
  database = await changingDossiers();
  await addOffices(database.admin);
});
afterAll(() => database.drop());

type Part = {
  office: string;
  province: string;
  agency: string;
  procedure: string;
  ofDossier: string;
  key: string;
  state: string;
  officer: string | null;
  dueAt: string | null;
  suspendedFrom: string | null;
};
type Numbers = { open: number; late: number; atRisk: number; dueToday: number };

/** Full recount of the open parts, written apart from the statements that keep the counts. */
function recount(parts: readonly Part[], { place, agency, procedure }: Scope, now: Date): Map<string, Numbers> {
  const counts = new Map<string, Numbers>();
  for (const part of parts) {
    if ("office" in place ? part.office !== place.office : part.province !== place.province) continue;
    if ((agency && part.agency !== agency) || (procedure && ![part.procedure, part.ofDossier].includes(procedure)))
      continue;
    const key = [part.office, part.agency, part.procedure, part.key, part.ofDossier, part.officer ?? ""].join("|");
    const numbers = counts.get(key) ?? { open: 0, late: 0, atRisk: 0, dueToday: 0 };
    counts.set(key, numbers);
    numbers.open += 1;
    const { state, suspendedFrom } = part;
    if (part.dueAt === null) continue;
    const dueAt = new Date(part.dueAt);
    const isRunning = state === "PROCESSING";
    const stoppedLate = suspendedFrom !== null && dueAt < new Date(suspendedFrom);
    if ((isRunning || stoppedLate) && dueAt < now) numbers.late += 1;
    if (isRunning && dueAt > now && dueAt.getTime() - now.getTime() < DAY_MS) numbers.atRisk += 1;
    if (isRunning && dueAt >= now && dueAt <= endOfDay(legalDayOf(now))) numbers.dueToday += 1;
  }
  return counts;
}

async function openParts(tx: Tx): Promise<Part[]> {
  return tx.execute<Part>(drizzleSql`
    select s.office, c.province, s.agency, s.procedure, d.procedure_code as "ofDossier", s.key, s.state, s.claimed_by as officer,
           s.due_at as "dueAt", s.clock->'suspensions'->-1->>'from' as "suspendedFrom"
      from steps s join dossiers d on d.id = s.dossier_id join communes c on c.code = s.office
     where s.part and s.state in ('PROCESSING', 'SUPPLEMENT_NEEDED')`);
}

/** Expects the counts of all scopes at several times to equal a recount in the same snapshot, whatever others write. */
async function expectFullRecount(): Promise<number> {
  const connection = database.connect();
  let groups = 0;
  for (const scope of SCOPES) {
    const now = randomInstant(Math.random());
    await drizzle(connection).transaction(
      async (tx) => {
        const wanted = recount(await openParts(tx), scope, now);
        const rows = await openWork({ db: tx, now }, scope, KEY);
        const counted = rows.map(({ key, officer: _, ...numbers }) => [key, numbers] as const);
        expect(new Map(counted), `${JSON.stringify(scope)} at ${now.toISOString()}`).toEqual(wanted);
        groups += wanted.size;
      },
      { isolationLevel: "repeatable read" },
    );
  }
  await connection.end();
  return groups;
}

const unwritten = async () => (await database.admin`select from open_work_changes`).length;

test("the parts that were open before the counts were kept are counted by the migration", async () => {
  await writeWork(database.connect(), 1, 60);
  await database.admin`select recount_open_work()`;
  expect(await unwritten()).toBe(0);
  expect(await expectFullRecount()).toBeGreaterThan(10);
});

test("the open parts equal a full recount at any time of a clock that leaps, while many write, and processes are killed before and after the commits of the counts", async () => {
  const stops = [1, 2].map(() => programs.keepRunning({ DATABASE_URL: database.url }));
  let isOver = false;
  const writing = Promise.all([2, 3, 4, 5].map((seed) => writeWork(database.connect(), seed, 60))).finally(() => {
    isOver = true;
  });
  for (let n = 0; !isOver || n < 6; n++) {
    const point = `${n % 2 ? "after" : "before"}-commit.OPEN_WORK` as const;
    programs.failpoints.release(point);
    programs.failpoints.arm(point, "kill");
    await writeWork(database.admin, 100 + n, 1);
    await programs.failpoints.fired(point);
    await expectFullRecount();
  }
  await writing;
  await waitUntil("all changes are written into the counts", async () => (await unwritten()) === 0);
  expect(await expectFullRecount()).toBeGreaterThan(10);
  await Promise.all(stops.map((stop) => stop()));
});

test("parts that are decided leave no row behind", async () => {
  await database.admin`update steps set state = 'GRANTED' where part`;
  const stop = programs.keepRunning({ DATABASE_URL: database.url });
  await waitUntil("all changes are written into the counts", async () => (await unwritten()) === 0).finally(stop);
  expect(await database.admin`select from open_work where (open, late, at_risk, due_today) <> (0, 0, 0, 0)`).toEqual(
    [],
  );
  await removeEmptyOpenWork(database.admin);
  expect(await database.admin`select from open_work`).toEqual([]);
});
