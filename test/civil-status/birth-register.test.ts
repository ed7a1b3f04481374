import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { families, SEEDED_COMMUNES } from "../../subgraphs/_shared/demo/population.ts";
import { unpackJson } from "../../subgraphs/_shared/registers/packed-json.ts";
import type { BirthPersons } from "../../subgraphs/civil-status/contents.ts";
import { aBirth, aNotice, aPart, openRegistry, type Registry } from "./civil-status-database.ts";

let registry: Registry;
beforeAll(async () => {
  registry = await openRegistry({ demo: true });
});
afterAll(() => registry.close());

const numbersOf = async (commune: string, year: number) =>
  (
    await registry.sql`select number from birth_numbers where commune = ${commune} and year = ${year} order by number`
  ).map((row) => row.number as number);

describe("the official number", () => {
  test("fifty births registered at once by one office get numbers without a gap", async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => registry.deliver(aPart(aBirth(), { office: "00070" }))),
    );
    expect(answers.every((answer) => answer.state === "GRANTED")).toBe(true);
    expect(await numbersOf("00070", 2026)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
  });

  test("the official number of a failed registration is used again", async () => {
    const office = "00118";
    await registry.deliver(aPart(aBirth(), { office }));
    const birth = aBirth();
    await Promise.all(Array.from({ length: 5 }, () => registry.deliver(aPart(birth, { office }))));
    await registry.deliver(aPart(aBirth(), { office }));
    expect(await numbersOf(office, 2026)).toEqual([1, 2, 3]);
  });

  test("each office counts its official numbers alone and waits for no other office's registration", async () => {
    const busy = await registry.sql.reserve();
    await busy`begin`;
    await busy`insert into birth_counters values ('2025-07-01', '00145', 2026, 7)`;
    const elsewhere = await registry.deliver(aPart(aBirth(), { office: "00160" }));
    await busy`rollback`;
    busy.release();
    expect(elsewhere.facts?.number).toBe("1/2026");
  });
});

describe("the register", () => {
  test.each(["births", "birth_versions", "birth_numbers", "citizen_numbers"])(
    "the birth register refuses a change, removal or truncation of %s",
    async (table) => {
      const { sql } = registry;
      const column = { births: "dossier", birth_numbers: "number", citizen_numbers: "personal_id" }[table] ?? "ground";
      await expect(sql`update ${sql(table)} set ${sql(column)} = ${sql(column)}`).rejects.toThrow("append-only");
      await expect(sql`delete from ${sql(table)}`).rejects.toThrow("append-only");
      await expect(sql`truncate ${sql(table)} cascade`).rejects.toThrow("append-only");
    },
  );

  test("the birth register gives a child one number and a number one child", async () => {
    const { sql } = registry;
    const child = (await registry.deliver(aPart(aBirth()))).facts?.citizenId ?? "";
    const other = (await registry.deliver(aPart(aBirth()))).facts?.citizenId ?? "";
    await registry.deliver(aNotice(child, "092226900001"));
    await expect(sql`insert into citizen_numbers values (${child}, '092226900002')`).rejects.toThrow("citizen_numbers");
    await expect(sql`insert into citizen_numbers values (${other}, '092226900001')`).rejects.toThrow("citizen_numbers");
  });

  test("the register holds the births of the synthetic adults, numbered from 1 in each commune and year", async () => {
    const adults = SEEDED_COMMUNES.flatMap((commune) => families(commune)).flatMap((f) => [f.mother, f.father]);
    const { sql } = registry;
    const seeded = await sql<{ citizen_id: string; persons: Uint8Array }[]>`
      select b.citizen_id, v.personal_id, v.date_of_birth, v.full_name, v.persons
      from births b join birth_versions v on v.birth_id = b.id where v.recorded_by = 'seed'`;
    expect(seeded).toHaveLength(adults.length);
    const byId = new Map(seeded.map((row) => [row.citizen_id, row]));
    for (const { id, personalId, dateOfBirth, fullName } of adults) {
      expect(byId.get(id)).toMatchObject({ personal_id: personalId, date_of_birth: dateOfBirth, full_name: fullName });
      const { mother } = unpackJson(byId.get(id)?.persons ?? new Uint8Array()) as BirthPersons;
      expect(mother?.fullName).toMatch(/Mẫu|Thử/);
    }
    const gaps =
      await sql`select commune, year from birth_numbers group by commune, year having max(number) <> count(*)`;
    expect(gaps).toHaveLength(0);
  });

  test("the official numbers continue after the seeded births of a year", async () => {
    const counters = await registry.sql`select 1 from birth_counters c
      join (select commune, year, max(number) as last from birth_numbers group by commune, year) n using (commune, year)
      where c.last <> n.last`;
    expect(counters).toHaveLength(0);
  });
});
