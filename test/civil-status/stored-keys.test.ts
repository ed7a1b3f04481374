import { readdirSync, readFileSync } from "node:fs";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { storedLikenessKeys } from "../../subgraphs/civil-status/birth-likeness-keys.ts";
import { emptyDatabase } from "../kit/agency-database.ts";

const KEYS = ["parent:093195000017", "names:FAM MIN KOI|LE TI MAU", "month:LE TI MAU|24322"];
const folder = projectPath("subgraphs", "civil-status", "migrations");

let database: Awaited<ReturnType<typeof emptyDatabase>>;
let sql: postgres.Sql;
beforeAll(async () => {
  database = await emptyDatabase("civil-status");
  sql = postgres(database.url, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

test("a birth of an earlier release is found under the same digests as a new one", async () => {
  const files = readdirSync(folder).filter((name) => name.endsWith(".sql"));
  for (const file of files.sort()) {
    if (file.startsWith("0003"))
      await sql`
        insert into births (id, citizen_id, registered_on, mother_key, date_of_birth, birth_order, guardians, likeness_keys)
        values (gen_random_uuid(), gen_random_uuid(), '2026-11-23', 'none', '2026-11-20', 1, '{}',
                array(select jsonb_array_elements_text(${JSON.stringify(KEYS)}::text::jsonb)))`;
    await sql.unsafe(readFileSync(`${folder}/${file}`, "utf8"));
  }
  const [birth] = await sql<{ keys: number[] }[]>`select to_json(likeness_keys) as keys from births`;
  expect([...(birth?.keys ?? [])].sort()).toEqual(storedLikenessKeys(KEYS).sort());
});
