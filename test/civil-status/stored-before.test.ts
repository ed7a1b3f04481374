import { readdirSync, readFileSync } from "node:fs";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { unpackJson } from "../../subgraphs/_shared/registers/packed-json.ts";
import { numbersOf } from "../../subgraphs/_shared/registers/personal-numbers.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { storedLikenessKeys } from "../../subgraphs/civil-status/birth-likeness-keys.ts";
import { emptyDatabase } from "../kit/agency-database.ts";

const PARENTS = ["093195000017", "093093000023"];
const KEYS = ["parent:093195000017", "names:FAM MIN KOI|LE TI MAU", "month:LE TI MAU|24322"];
const ID = "019ac000-0000-7000-8000-000000000001";
const MOTHER = { fullName: "Lê Thị Mẫu", dateOfBirth: "1995", personalId: null, ethnicity: "Kinh", nationality: "VNM" };
const DECLARANT = { fullName: "Lê Thị Mẫu", personalId: null, relation: "MOTHER" };
const EVIDENCE = { kind: "WITNESS", text: "Có người làm chứng" };
const folder = projectPath("subgraphs", "civil-status", "migrations");

let database: Awaited<ReturnType<typeof emptyDatabase>>;
let sql: postgres.Sql;

/** A birth as earlier releases wrote it: the keys of likenesses before 0003, the facts before 0004. */
async function writeBefore(file: string): Promise<void> {
  if (file.startsWith("0003"))
    await sql`
      insert into births (id, citizen_id, registered_on, mother_key, date_of_birth, birth_order, guardians, likeness_keys)
      values (${ID}, gen_random_uuid(), '2026-11-23', 'none', '2026-11-20', 1, ${PARENTS},
              array(select jsonb_array_elements_text(${JSON.stringify(KEYS)}::text::jsonb)))`;
  if (file.startsWith("0004"))
    await sql`
      insert into birth_versions (birth_id, version, valid_from, recorded_by, ground, full_name, sex, date_of_birth, ethnicity,
        nationality, commune_list, birth_country, mother, declarant, without_notice)
      values (${ID}, 1, '2026-11-23', 's', 'g', 'Lê Minh Mẫu', 'MALE', '2026-11-20', 'Kinh', 'VNM', '2025-07-01', 'LAO',
        ${sql.json(MOTHER)}, ${sql.json(DECLARANT)}, ${sql.json(EVIDENCE)})`;
}

beforeAll(async () => {
  database = await emptyDatabase("civil-status");
  sql = postgres(database.url, { max: 1, onnotice: () => {} });
  const files = readdirSync(folder).filter((name) => name.endsWith(".sql"));
  for (const file of files.sort()) {
    await writeBefore(file);
    await sql.unsafe(readFileSync(`${folder}/${file}`, "utf8"));
  }
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

test("a birth of an earlier release is found under the same digests as a new one", async () => {
  const [birth] = await sql<{ keys: number[] }[]>`select to_json(likeness_keys) as keys from births`;
  expect([...(birth?.keys ?? [])].sort()).toEqual(storedLikenessKeys(KEYS).sort());
});

test("the parents of a birth of an earlier release have the same numbers, by which the birth is found", async () => {
  const [birth] = await sql<{ guardians: string }[]>`
    select guardians from births where string_to_array(guardians, ' ')::bigint[] @> array[${PARENTS[1] ?? ""}]::bigint[]`;
  expect(numbersOf(birth?.guardians ?? "")).toEqual(PARENTS);
});

test("the persons of a birth of an earlier release read as they were stored", async () => {
  const [version] = await sql<{ persons: Uint8Array }[]>`select persons from birth_versions`;
  expect(unpackJson(version?.persons ?? new Uint8Array())).toEqual({
    ...{ mother: MOTHER, father: null, declarant: DECLARANT },
    withoutNotice: EVIDENCE,
  });
});
