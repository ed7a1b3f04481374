import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { waitUntil } from "../../../scripts/campaign/wait-until.ts";
import { projectPath } from "../../../subgraphs/_shared/serving/paths.ts";
import { afterRow } from "../../../subgraphs/one-stop/changes/position.ts";
import { settleChanges } from "../../../subgraphs/one-stop/changes/settle-changes.ts";
import { type ChangingDossiers, changingDossiers } from "../changes/changing-dossiers.ts";
import { killedPrograms } from "../changes/killed-programs.ts";
import { addOffices, writeDossiers } from "./random-dossiers.ts";
import { counted, receivedOutside, recount } from "./recount.ts";

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
  const sql = database.connect();
  for (let n = 0; !isOver || n < 4; n++) {
    const point = `${n % 2 ? "after" : "before"}-commit.FIGURES` as const;
    programs.failpoints.release(point);
    programs.failpoints.arm(point, "kill");
    await writeDossiers(sql, 100 + n, 1); // the others may have written their last change before this kill is armed
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
