import { randomUUID } from "node:crypto";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addDays, legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { definition } from "../../subgraphs/business/subgraph.ts";
import { type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { aBranch, aHousehold, aLicence, anEnterprise, aPerson, businessOfficer } from "./business-acts.ts";

/** Number of random histories; each is a list of rounds whose acts run at once. */
const HISTORIES = Number(process.env.BUSINESS_HISTORIES ?? 5);

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition, { demo: false });
});
afterAll(() => agency?.stop());

const { act, done } = businessOfficer(() => agency);
const today = legalDayOf(new Date());
const ground = "Mẫu";

/** An act of an officer. Most are possible, and some of one round are not. */
type Step = { kind: string; who: number; whom: number; at: number };
const steps = fc.record<Step>({
  kind: fc.constantFrom("register", "hand over", "branch", "branch", "end", "suspend", "licence", "renew", "revoke"),
  who: fc.nat(2),
  whom: fc.nat(2),
  at: fc.nat(7),
});

type Story = { people: ReturnType<typeof aPerson>[]; enterprise: string };

/** Codes that an officer may name: the enterprise, its branches, and the households of the people. */
async function codesOf({ people, enterprise }: Story): Promise<string[]> {
  const numbers = people.map(({ personalId }) => personalId);
  const found = await agency.sql<{ code: string }[]>`
    select code from businesses where code in ${agency.sql(numbers)} or code like ${`${enterprise}%`} order by code`;
  return found.map(({ code }) => code);
}

/** Performs a step on the state that the officer sees, which the other acts of the round may change meanwhile. */
function perform({ kind, who, whom, at }: Step, { people, enterprise }: Story, codes: readonly string[]) {
  const code = codes[at % codes.length] ?? enterprise;
  const owner = people[who];
  switch (kind) {
    case "register":
      return act("registerHouseholdBusiness", aHousehold({ people: [owner] }));
    case "hand over":
      return act("changeBusiness", { business: owner?.personalId, people: [people[whom]], ground });
    case "branch":
      return act("registerBusinessBranch", aBranch(enterprise));
    case "end":
      return act("endBusiness", { business: code, ground });
    case "suspend":
      return act("suspendBusiness", { business: code, from: today, to: addDays(today, at), ground });
    case "licence":
      return act("issueLicence", aLicence(code, { number: `${enterprise}/${at}`, expiresOn: "2027-01-15" }));
    case "renew":
      return act("renewLicence", { number: `${enterprise}/${at}`, issuedOn: today, ground });
    default:
      return act("revokeLicence", { number: `${enterprise}/${at}`, ground });
  }
}

/** Broken promises of the register: each is the number of entries that break a promise. */
async function violations(): Promise<object> {
  const [found] = await agency.sql`
    with last as (
      select distinct on (business_id) * from business_versions order by business_id, version desc),
    owned as (
      select p.personal_id from last l join business_people p using (business_id, version)
       where l.state = 'ACTIVE' and l.kind = 'HOUSEHOLD' and p.role = 'OWNER'),
    last_licence as (
      select distinct on (licence_id) * from licence_versions order by licence_id, version desc)
    select
      (select count(*)::int from (select from owned group by personal_id having count(*) > 1) x) as "owners of two",
      (select count(*)::int from businesses b join last l on l.business_id = b.id join last e on e.business_id = b.parent_id
        where l.state = 'ACTIVE' and e.state = 'ENDED') as "branches of ended enterprises",
      (select count(*)::int from (select business_id from business_versions group by 1
                                  having max(version) <> count(*)) x) as "gaps in versions",
      (select count(*)::int from last l full join live_businesses v using (business_id)
        where (l.state = 'ACTIVE') is distinct from (v.business_id is not null)
           or (v.version is not null and v.version <> l.version)) as "wrong versions in force",
      (select count(*)::int from live_licences v left join last_licence l using (licence_id)
        where l.state is distinct from 'VALID' or l.version <> v.version
           or not exists (select from live_businesses b where b.business_id = v.business_id)) as "wrong licences in force",
      (select count(*)::int from last l where l.people_count <> (
        select count(*) from business_people p where p.business_id = l.business_id and p.version = l.version)) as "people"`;
  return { ...found };
}

const NONE = {
  ...{ "owners of two": 0, "branches of ended enterprises": 0, "gaps in versions": 0 },
  ...{ "wrong versions in force": 0, "wrong licences in force": 0, people: 0 },
};

test("each person owns one household, branches end before their enterprise and versions follow each other, whatever officers do at once", async () => {
  let succeeded = 0;
  let refused = 0;
  const rounds = fc.array(fc.array(steps, { minLength: 3, maxLength: 6 }), { minLength: 3, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(rounds, async (history) => {
      const people = [aPerson("OWNER"), aPerson("OWNER"), aPerson("OWNER")];
      const story = { people, enterprise: await done("registerEnterprise", anEnterprise()) };
      await done("registerHouseholdBusiness", aHousehold({ people: people.slice(0, 1) }));
      for (const round of history) {
        const codes = await codesOf(story);
        const answers = await Promise.all(round.map((step) => perform(step, story, codes)));
        succeeded += answers.filter((answer) => answer.act).length;
        refused += answers.filter((answer) => !answer.act).length;
        expect(await violations()).toEqual(NONE);
      }
    }),
    { numRuns: HISTORIES },
  );
  expect(succeeded).toBeGreaterThan(HISTORIES);
  expect(refused).toBeGreaterThan(0);
}, 600_000);

test("the same registration that many officers send at once is entered once", async () => {
  const input = aHousehold();
  const sent = Array.from({ length: 6 }, () => act("registerHouseholdBusiness", input, randomUUID()));
  const answers = await Promise.all(sent);
  expect(answers.filter((answer) => answer.act)).toHaveLength(1);
  expect(await violations()).toEqual(NONE);
});
