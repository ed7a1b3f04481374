import { afterAll, beforeAll, expect, test } from "vitest";
import { afterLostRaces, type OpenDatabase, openDatabase } from "../../subgraphs/_shared/serving/database.ts";
import { emptyDatabase } from "../kit/agency-database.ts";

let store: Awaited<ReturnType<typeof emptyDatabase>>;
let database: OpenDatabase;

beforeAll(async () => {
  store = await emptyDatabase("land");
  database = openDatabase(store.url, { name: "races", pool: 2 });
});
afterAll(async () => {
  await database.close();
  await store.drop();
});

test("two transactions that wait for each other both end: the one that PostgreSQL ends is attempted again", async () => {
  const { sql } = database;
  await sql`create table entries (id int primary key, writers text not null)`;
  await sql`insert into entries values (1, ''), (2, '')`;
  let attempts = 0;
  let bothHaveOne: () => void;
  const bothHold = new Promise<void>((resolve) => (bothHaveOne = resolve));
  const write = (writer: string, first: number, second: number) =>
    afterLostRaces(() =>
      sql.begin(async (tx) => {
        await tx`update entries set writers = writers || ${writer} where id = ${first}`;
        if (++attempts === 2) bothHaveOne();
        await bothHold;
        await tx`update entries set writers = writers || ${writer} where id = ${second}`;
      }),
    );
  await Promise.all([write("a", 1, 2), write("b", 2, 1)]);
  expect(attempts).toBe(3);
  const rows = await sql<{ writers: string }[]>`select writers from entries`;
  expect(rows.map(({ writers }) => [...writers].sort().join(""))).toEqual(["ab", "ab"]);
});
