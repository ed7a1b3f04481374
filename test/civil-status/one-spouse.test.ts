import * as fc from "fast-check";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { definition } from "../../subgraphs/civil-status/subgraph.ts";
import { type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { aDeath, aDivorce, aMarriage, aPerson, civilOfficer, OFFICE, OTHER_OFFICE, registrar } from "./civil-acts.ts";

/** Number of random histories; each is a list of rounds whose acts run at once. */
const HISTORIES = Number(process.env.CIVIL_HISTORIES ?? 5);
const COUPLES = 3;
const TODAY = legalDayOf(new Date());

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { act, done } = civilOfficer(() => agency);

type Person = ReturnType<typeof aPerson>;
type Step = { kind: "marry" | "divorce" | "die"; man: number; woman: number; office: string };
const steps = fc.record<Step>({
  kind: fc.constantFrom("marry", "marry", "marry", "divorce", "divorce", "die"),
  man: fc.nat(COUPLES - 1),
  woman: fc.nat(COUPLES - 1),
  office: fc.constantFrom(OFFICE, OTHER_OFFICE),
});

const marriageOf = async (person: Person) => {
  const [found] = await agency.sql`select marriage_id from current_spouses where person_key = ${person.personalId}`;
  return (found?.marriage_id as string | undefined) ?? uuidv7();
};

async function perform({ kind, man, woman, office }: Step, men: Person[], women: Person[]) {
  const [husband, wife] = [men[man] ?? aPerson(), women[woman] ?? aPerson("FEMALE")];
  const by = registrar(office);
  if (kind === "marry") return act("registerMarriage", aMarriage({ husband, wife }), uuidv7(), by);
  if (kind === "die") return act("registerDeath", aDeath({ deceased: husband }), uuidv7(), by);
  return act("endMarriage", aDivorce(await marriageOf(wife), { effectiveOn: TODAY }), uuidv7(), by);
}

/** Broken promises of the register; empty if it is sound. */
async function violations(): Promise<object> {
  const [found] = await agency.sql`
    with lasting as (
      select m.id, key from marriages m cross join lateral (values (husband_key), (wife_key)) spouses(key)
       where not exists (select from marriage_ends e where e.marriage_id = m.id))
    select (select count(*)::int from (select from lasting group by key having count(*) > 1) twice) as spouses,
           (select count(*)::int from lasting where key in (select deceased_key from deaths)) as dead,
           (select count(*)::int from (select key, id from lasting except select person_key, marriage_id from current_spouses) x)
             + (select count(*)::int from (select person_key, marriage_id from current_spouses except select key, id from lasting) x)
             as derived,
           (select count(*)::int from (select from book_numbers group by book, commune, year
             having max(number) <> count(*)) gaps) as gaps`;
  return found ?? {};
}

test("nobody has two spouses, no dead person has one, and no book has a gap, whatever registrars do at once", async () => {
  let succeeded = 0;
  let refused = 0;
  const rounds = fc.array(fc.array(steps, { minLength: 2, maxLength: 6 }), { minLength: 3, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(rounds, async (history) => {
      const men = Array.from({ length: COUPLES }, () => aPerson());
      const women = Array.from({ length: COUPLES }, () => aPerson("FEMALE"));
      for (const round of history) {
        const answers = await Promise.all(round.map((step) => perform(step, men, women)));
        succeeded += answers.filter((answer) => answer.act).length;
        refused += answers.filter((answer) => !answer.act).length;
        expect(await violations()).toEqual({ spouses: 0, dead: 0, derived: 0, gaps: 0 });
      }
    }),
    { numRuns: HISTORIES },
  );
  expect(succeeded).toBeGreaterThan(HISTORIES);
  expect(refused).toBeGreaterThan(0);
}, 600_000);

describe("what the database refuses, whoever asks", () => {
  /** Runs SQL as one transaction. @returns the name of the constraint that refuses it; undefined if none does */
  const refusal = (statements: string): Promise<string | undefined> =>
    agency.sql
      .begin((sql) => sql.unsafe(statements))
      .then(
        () => undefined,
        (error: { constraint_name?: string; message: string }) => error.constraint_name ?? error.message,
      );
  const entered = (id: string, kind: string) => `
    insert into acts (id, kind, owner, role, idempotency_key, body_hash, effective_on, ground)
    values ('${id}', '${kind}', 'test', 'test', '${id}', 'test', '2026-11-01', 'test');`;
  const married = (husband: string | null, wife: string | null, id = uuidv7()) => `${entered(id, "MARRIAGE")}
    insert into marriages (id, kind, registered_on, married_on, husband_key, wife_key)
    values ('${id}', 'NOTED', '2026-11-01', '2026-11-01', '${husband}', '${wife}');`;

  test("a second spouse, oneself as spouse, and a dead spouse are refused", async () => {
    const { husband, wife } = aMarriage();
    await done("registerMarriage", aMarriage({ husband, wife }));
    expect(await refusal(married(husband.personalId, aPerson("FEMALE").personalId))).toBe("current_spouses_pkey");
    expect(await refusal(married(husband.personalId, husband.personalId))).toBe("marriages_two_persons");
    const deceased = aPerson();
    await done("registerDeath", aDeath({ deceased }));
    expect(await refusal(married(deceased.personalId, aPerson("FEMALE").personalId))).toBe("marriage_of_the_living");
    expect(await refusal(married(aPerson().personalId, aPerson("FEMALE").personalId))).toBe("entry_numbered");
  });

  test("a death that leaves the marriage in force is refused", async () => {
    const { husband, wife } = aMarriage();
    await done("registerMarriage", aMarriage({ husband, wife }));
    const id = uuidv7();
    const death = `insert into book_numbers values ('DEATH', '2025-07-01', '00070', 2026, 1, '${id}');
      insert into deaths (id, kind, registered_on, deceased_key) values ('${id}', 'NOTED', '2026-11-01', '${wife.personalId}');`;
    expect(await refusal(entered(id, "DEATH") + death)).toBe("deceased_unmarried");
  });

  test("the table of current spouses follows from marriages alone", async () => {
    for (const change of ["delete from current_spouses", "update current_spouses set person_key = person_key"])
      expect(await refusal(change)).toContain("follows from marriages");
  });

  test.each(["marriages", "marriage_versions", "marriage_ends", "marital_confirmations"])(
    "the civil status table %s is append-only",
    async (table) => {
      expect(await refusal(`delete from ${table}`)).toContain("is append-only");
    },
  );
});
