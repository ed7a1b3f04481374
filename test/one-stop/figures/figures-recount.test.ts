import { readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { waitUntil } from "../../../scripts/campaign/wait-until.ts";
import { addDays, type LegalDay } from "../../../subgraphs/_shared/reference/days.ts";
import { projectPath } from "../../../subgraphs/_shared/serving/paths.ts";
import { afterRow } from "../../../subgraphs/one-stop/changes/position.ts";
import { settleChanges } from "../../../subgraphs/one-stop/changes/settle-changes.ts";
import { decidedWork } from "../../../subgraphs/one-stop/supervision/decided-work.ts";
import type { Scope } from "../../../subgraphs/one-stop/supervision/scope.ts";
import { type ChangingDossiers, changingDossiers } from "../changes/changing-dossiers.ts";
import { killedPrograms } from "../changes/killed-programs.ts";
import { addOffices, writeDossiers } from "./random-dossiers.ts";
import { type Counts, counted, receivedOutside, recount } from "./recount.ts";

type HandledPart = { office: string; agency: string; procedures: (string | undefined)[] };
const SCOPES: readonly (readonly [Scope, (part: HandledPart) => boolean])[] = [
  [{ place: { province: "92" }, agency: undefined, procedure: undefined }, ({ office }) => office.startsWith("31")],
  [
    { place: { office: "00004" }, agency: "RESIDENCE", procedure: undefined },
    ({ office, agency }) => office === "00004" && agency === "RESIDENCE",
  ],
  [
    { place: { province: "92" }, agency: undefined, procedure: "3.000722" },
    ({ office, procedures }) => office.startsWith("31") && procedures.includes("3.000722"),
  ],
];
const programs = killedPrograms("test", "one-stop", "figures", "figures-program.ts");
let database: ChangingDossiers;

beforeAll(async () => {
  database = await changingDossiers();
  await addOffices(database.admin);
});
afterAll(() => database.drop());

/** Resolves when the consumer of the figures has taken every change. */
async function allCounted(): Promise<void> {
  await settleChanges(database.admin);
  await waitUntil("the figures have all changes", async () => {
    const rows = await database.admin`
      select 1 from change_consumers, change_stream
       where name = 'FIGURES' and ("row", place) >= (settled, ${afterRow(0).place})`;
    return rows.length > 0;
  });
}

async function expectFullRecount(): Promise<void> {
  await allCounted();
  const wanted = await recount(database.admin);
  expect(wanted.rates.size).toBeGreaterThan(10);
  expect(wanted.handled.size).toBeGreaterThan(10);
  expect(await counted(database.admin)).toEqual(wanted);
  await expectDecidedWork(wanted.handled);
}

/** Expects the decided parts and medians of several days' months, those of a clock that was set back among them, to follow from all handled parts. */
async function expectDecidedWork(handled: Counts): Promise<void> {
  const connection = database.connect();
  for (const day of ["2026-11-12", "2026-12-10", "2026-12-28", "2027-03-01"])
    for (const [scope, isWithin] of SCOPES) {
      const minutes = new Map<string, number[]>();
      for (const [key, parts] of handled) {
        const [office = "", on = "", agency = "", procedure, , ofDossier, officer = "", spent] = key.split("|");
        if (on < addDays(day as LegalDay, -29) || !isWithin({ office, agency, procedures: [procedure, ofDossier] }))
          continue;
        const all = minutes.get(officer) ?? [];
        minutes.set(officer, [...all, ...Array.from({ length: Number(parts) }, () => Number(spent))]);
      }
      const wanted = [...minutes].map(([officer, all]) => {
        const sorted = all.sort((a, b) => a - b);
        const medianWorkingMinutes = sorted.find((_, at) => (at + 1) * 2 >= sorted.length);
        return { key: officer, officer, decided: sorted.length, medianWorkingMinutes };
      });
      const now = new Date(`${day}T10:00:00+07:00`);
      const rows = await decidedWork({ db: drizzle(connection), now }, scope, sql`handled_cells.officer`);
      expect(new Set(rows), `${day} ${JSON.stringify(scope)}`).toEqual(new Set(wanted));
    }
  await connection.end();
}

test("dossiers of before the first start of the consumer are counted, too", async () => {
  await writeDossiers(database.connect(), 1, 30);
  const stop = programs.keepRunning({ DATABASE_URL: database.url });
  await expectFullRecount().finally(stop);
});

test("the counts of many random histories equal a full recount, although the processes that count are killed before and after commits", async () => {
  const stops = [1, 2].map(() => programs.keepRunning({ DATABASE_URL: database.url }));
  let isOver = false;
  const writing = Promise.all([2, 3, 4, 5].map((seed) => writeDossiers(database.connect(), seed, 30))).finally(() => {
    isOver = true;
  });
  const writer = database.connect();
  for (let n = 0; !isOver || n < 4; n++) {
    const point = `${n % 2 ? "after" : "before"}-commit.FIGURES` as const;
    programs.failpoints.release(point);
    programs.failpoints.arm(point, "kill");
    await writeDossiers(writer, 100 + n, 1); // the others may have written their last change before this kill is armed
    await programs.failpoints.fired(point);
  }
  await writing;
  await expectFullRecount().finally(() => Promise.all(stops.map((stop) => stop())));
});

test("every dossier was received between the instants that its counts tell, by which it is found", async () => {
  expect(await receivedOutside(database.admin)).toEqual([]);
});

test("counts of before the release with counts of provinces are summed up by its migration, with instants that hold", async () => {
  const sql = database.admin;
  const before = await counted(sql);
  await sql.unsafe("drop table province_figures; create index figures_province on figures (province, day)");
  await sql.unsafe("alter table figures drop column earliest_receipt, drop column latest_receipt");
  await sql.unsafe(
    readFileSync(projectPath("subgraphs", "one-stop", "migrations", "0043_province_figures.sql"), "utf8"),
  );
  expect(await counted(sql)).toEqual(before);
  expect(await receivedOutside(sql)).toEqual([]);
});

test("the median of any number of minutes and of parts is read from the packed days", async () => {
  const minutes = [...new Set(Array.from({ length: 200 }, (_, n) => Math.floor(1.08 ** n) - 1))];
  await database.admin`
    insert into handled_parts (office, day, agency, dossier_procedure, procedure, step_key, officer, officer_name, minutes, parts)
    select '00004', '2030-01-02', 'LAND', '1.012784', '1.012784', each, '', '', each::int, 1 + each::int % 300
      from jsonb_array_elements_text(${database.admin.json(minutes)}) each`;
  await database.admin`select pack_handled_parts('00004', '2030-01-02')`;
  const connection = database.connect();
  const now = new Date("2030-01-03T10:00:00+07:00");
  const scope = { place: { office: "00004" }, agency: undefined, procedure: undefined };
  const rows = await decidedWork({ db: drizzle(connection), now }, scope, sql`handled_cells.step_key`);
  const wanted = minutes.map((each) => {
    return { key: String(each), officer: "", decided: 1 + (each % 300), medianWorkingMinutes: each };
  });
  expect(new Set(rows)).toEqual(new Set(wanted));
});
