import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { StoreHasData, seedCountry } from "../../scripts/seed/seed-country.ts";
import { countryCommunes } from "../../subgraphs/_shared/demo/country/country.ts";
import type { Country } from "../../subgraphs/_shared/demo/country/types.ts";
import { registerNames, tablesOf } from "../../subgraphs/_shared/registers/register.ts";
import { type SubgraphName, subgraphs } from "../../subgraphs/agency-registry.ts";
import { loadDefinition } from "../../subgraphs/load-definition.ts";
import { clonedDatabase } from "../kit/agency-database.ts";
import { sharedWorld } from "../world.ts";

const COUNTRY: Country = { citizens: 500, seed: 42, year: 2026 };
const NOW = new Date("2026-11-23T09:00:00+07:00");
const OPTIONS = { add: true, now: NOW, progressed: () => {} };

const world = sharedWorld();
let clones: { name: SubgraphName; url: string; drop(): Promise<void> }[] = [];

beforeAll(async () => {
  await seedCountry(world.current.databaseUrls, COUNTRY, OPTIONS);
  clones = await Promise.all(subgraphs.map(async ({ name }) => ({ name, ...(await clonedDatabase(name)) })));
});
afterAll(() => Promise.all(clones.map((clone) => clone.drop())));

const urlsOfClones = () =>
  Object.fromEntries(clones.map(({ name, url }) => [name, url])) as Record<SubgraphName, string>;

describe("npm run seed", () => {
  test("a run that is interrupted before the first commune and after it, and repeated without --add, enters the same rows in the registers of all agencies", async () => {
    for (const interruptedAt of [0, 1]) {
      const stop = new Error("interrupted");
      const interrupted = seedCountry(urlsOfClones(), COUNTRY, {
        ...{ ...OPTIONS, add: interruptedAt === 0 },
        progressed({ communes }) {
          if (communes === interruptedAt) throw stop;
        },
      });
      await expect(interrupted).rejects.toBe(stop);
    }
    await seedCountry(urlsOfClones(), COUNTRY, { ...OPTIONS, add: false });
    for (const { name, url } of clones) {
      const again = await rowsOf(name, url);
      expect(again, name).toEqual(await rowsOf(name, world.current.databaseUrls[name]));
    }
  });

  test("a run that is repeated enters nothing twice", async () => {
    const before = await countsOf(world.current.databaseUrls);
    await seedCountry(world.current.databaseUrls, COUNTRY, { ...OPTIONS, add: false });
    expect(await countsOf(world.current.databaseUrls)).toEqual(before);
  });

  test("registers that have entries are refused unless the country is to be added to them", async () => {
    const before = await countsOf(world.current.databaseUrls);
    const other = seedCountry(world.current.databaseUrls, { ...COUNTRY, seed: 43 }, { ...OPTIONS, add: false });
    await expect(other).rejects.toThrow(StoreHasData);
    expect(await countsOf(world.current.databaseUrls)).toEqual(before);
  });

  test("a citizen has the same name, number, parents, spouse and home at every agency", async () => {
    const places = [...countryCommunes(COUNTRY)];
    const [first] = places;
    if (!first) throw new Error("A country has a commune");
    for (const { person, relation } of first.households.flatMap(({ members }) => members)) {
      const { data, errors } = await world.current.ask({ persona: "clerk", commune: first.commune.code }, CITIZEN, {
        personalId: person.personalId,
      });
      expect(errors, person.personalId).toBeUndefined();
      const { citizen } = data;
      expect(citizen.id).toBe(person.id);
      expect(citizen.fullName).toBe(person.fullName);
      expect(citizen.dateOfBirth).toBe(person.dateOfBirth);
      expect(citizen.birth.child.personalId).toBe(person.personalId);
      expect(citizen.birth.mother.personalId).toBe(person.mother?.personalId ?? null);
      expect(citizen.birth.father.personalId).toBe(person.father?.personalId ?? null);
      expect(citizen.residency.relationToHead).toBe(relation);
      expect(citizen.healthInsuranceCard.insured.fullName).toBe(person.fullName);
      for (const { holders } of citizen.landCertificates)
        for (const { fullName, citizen: holder } of holders) expect(fullName).toBe(holder.fullName);
      for (const { people } of citizen.businesses)
        for (const { fullName, citizen: owner } of people) expect(fullName).toBe(owner.fullName);
    }
  });

  test("married couples of the register of civil status live in one household", async () => {
    const couples = await world.current.sql("civil-status")<{ husband: string; wife: string }[]>`
      select m.husband_key as husband, m.wife_key as wife from marriages m
       join current_spouses s on s.marriage_id = m.id and s.person_key = m.husband_key join acts a on a.id = m.id
       where a.owner = 'seed'`;
    expect(couples.length).toBeGreaterThan(50);
    const homes = await world.current.sql("residence")<{ personalId: string; home: string }[]>`
      select p.personal_id as "personalId", v.household_id as home from persons p
       join residencies r on r.person_id = p.id join residency_versions v on v.residency_id = r.id where v.strike_off is null`;
    const homeOf = new Map(homes.map(({ personalId, home }) => [personalId, home]));
    for (const { husband, wife } of couples) expect(homeOf.get(husband)).toBe(homeOf.get(wife));
  });

  test("dossiers lead to the entries of the registers that they were granted for", async () => {
    const results = await world.current.sql("one-stop")<{ id: string; subject: string }[]>`
      select s.result_id as id, d.subject_name as subject from dossiers d join steps s on s.dossier_id = d.id
       where d.owner like 'seed:%' and s.result_id is not null`;
    expect(results.length).toBeGreaterThan(0);
    const births = await world.current.sql("civil-status")<{ id: string; subject: string }[]>`
      select birth_id as id, full_name as subject from birth_versions where birth_id in ${world.current.sql("civil-status")(results.map(({ id }) => id))}`;
    expect(new Set(births.map(({ id, subject }) => `${id} ${subject}`))).toEqual(
      new Set(results.map(({ id, subject }) => `${id} ${subject}`)),
    );
  });
});

const CITIZEN = `query ($personalId: PersonalId!) { citizen(personalId: $personalId) {
  id fullName dateOfBirth
  birth { child { personalId } mother { personalId } father { personalId } }
  residency { relationToHead }
  healthInsuranceCard { insured { fullName } }
  landCertificates { holders { fullName citizen { fullName } } }
  businesses { people { fullName citizen { fullName } } }
} }`;

/** Tables that the daily sweep of an agency that is served fills. */
const OF_RUNNING_AGENCY = ["expiry_reminders"];

/** Rows of an agency's register, without the times at which they were recorded. */
async function rowsOf(name: SubgraphName, url: string): Promise<Record<string, string[]>> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const { tables } = await loadDefinition(name);
  const rows: Record<string, string[]> = {};
  for (const table of registerNames(tablesOf(tables)).filter((each) => !OF_RUNNING_AGENCY.includes(each))) {
    const found = await sql<{ row: string }[]>`
      select (to_jsonb(t) - 'recorded_at')::text as row from ${sql(table)} t order by 1`;
    rows[table] = found.map(({ row }) => row);
  }
  await sql.end();
  return rows;
}

async function countsOf(urls: Record<SubgraphName, string>): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name } of subgraphs)
    for (const [table, rows] of Object.entries(await rowsOf(name, urls[name])))
      counts[`${name} ${table}`] = rows.length;
  return counts;
}
