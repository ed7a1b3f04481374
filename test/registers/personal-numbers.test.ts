import { type SQL, sql } from "drizzle-orm";
import { index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { insertMany } from "../../subgraphs/_shared/registers/insert-many.ts";
import {
  hasNumber,
  hasOneOf,
  isOneOf,
  numberIn,
  numbersIn,
  personalNumbers,
} from "../../subgraphs/_shared/registers/personal-numbers.ts";
import { emptyDatabase } from "../kit/agency-database.ts";

const families = pgTable(
  "families",
  { id: integer("id"), mother: text("mother"), parents: personalNumbers("parents").notNull() },
  (t) => [
    index("families_parents").using("gin", numbersIn(t.parents)),
    index("families_mother").on(numberIn(t.mother)).where(sql`${t.mother} is not null`),
  ],
);
const [MOTHER, FATHER, OTHER] = ["093195000017", "093093000023", "001195000018"];

let database: Awaited<ReturnType<typeof emptyDatabase>>;
let client: postgres.Sql;

const db = () => drizzle(client);
const found = async (wanted: SQL) =>
  (await db().select({ id: families.id }).from(families).where(wanted).orderBy(families.id)).map(({ id }) => id);
const planOf = async (wanted: SQL) =>
  JSON.stringify(await db().execute(sql`explain select id from ${families} where ${wanted}`));

beforeAll(async () => {
  database = await emptyDatabase("residence");
  client = postgres(database.url, { max: 1 });
  await client`create table families (id integer, mother text, parents text not null)`;
  await client`create index families_parents on families using gin ((string_to_array(parents, ' ')::bigint[]))`;
  await client`create index families_mother on families ((mother::bigint)) where mother is not null`;
  await client`set enable_seqscan = off`;
  await db().transaction(async (tx) => {
    await insertMany(tx, families, [
      { id: 1, mother: MOTHER, parents: [MOTHER, FATHER] },
      { id: 2, mother: OTHER, parents: [OTHER] },
      { id: 3, mother: null, parents: [] },
    ]);
  });
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

test("many rows with personal numbers, with one and with none are inserted and read as they were", async () => {
  expect(await db().select({ parents: families.parents }).from(families).orderBy(families.id)).toEqual([
    { parents: [MOTHER, FATHER] },
    { parents: [OTHER] },
    { parents: [] },
  ]);
});

test.each<[string, SQL, number[], string]>([
  ["a number", hasNumber(families.parents, FATHER), [1], "families_parents"],
  ["a number that begins with zeros", hasNumber(families.parents, OTHER), [2], "families_parents"],
  ["a number that nobody has", hasNumber(families.parents, "093195000018"), [], "families_parents"],
  ["any of some numbers", hasOneOf(families.parents, [OTHER, FATHER]), [1, 2], "families_parents"],
  ["any of no number", hasOneOf(families.parents, []), [], "families_parents"],
  ["a column of one number", isOneOf(families.mother, [MOTHER, FATHER]), [1], "families_mother"],
])("rows are found by %s, through the index", async (_, wanted, ids, name) => {
  expect(await found(wanted)).toEqual(ids);
  expect(await planOf(wanted)).toContain(name);
});
