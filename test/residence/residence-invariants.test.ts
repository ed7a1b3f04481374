import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { definition } from "../../subgraphs/residence/subgraph.ts";
import { type ServedAgency, serveAgency } from "../health-insurance/served-agency.ts";
import { aHousehold, aStrikeOff, residenceOfficer } from "./residence-acts.ts";

/** Number of random histories; each is a list of rounds whose acts run at once. */
const HISTORIES = Number(process.env.RESIDENCE_HISTORIES ?? 5);
const HOUSEHOLDS = 3;
const FAMILY = [{ relation: "HEAD" }, { relation: "HUSBAND" }, { relation: "CHILD", born: 2015 }];

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { act } = residenceOfficer(() => agency);

/** An act on one or two of the households. Most of them are possible, and some at once are not. */
type Step = { kind: string; at: number; other: number; who: number; whom: number };
const steps = fc.record<Step>({
  kind: fc.constantFrom("join", "join", "leave", "head", "split", "merge", "strike off"),
  ...{ at: fc.nat(8), other: fc.nat(8), who: fc.nat(3), whom: fc.nat(3) },
});

type Home = { id: string; code: string; members: string[] };

/** Households in force in which the people live, the head first. */
async function homesOf(people: string[]): Promise<Home[]> {
  return agency.sql<Home[]>`
    with last as (
      select distinct on (r.id) p.personal_id, v.* from residencies r join persons p on p.id = r.person_id
        join residency_versions v on v.residency_id = r.id
       where p.personal_id in ${agency.sql(people)} order by r.id, v.version desc)
    select h.id, h.code, json_agg(last.personal_id order by last.relation_to_head <> 'HEAD', last.personal_id) as members
      from last join households h on h.id = last.household_id where last.valid_to is null group by 1, 2 order by 2`;
}

/** Performs a step on the state that the officer sees, which the other acts of the round may change meanwhile. */
function perform(step: Step, homes: Home[]) {
  const ground = "Mẫu";
  const home = homes[step.at % homes.length];
  const other = homes[step.other % homes.length];
  if (!home || !other) return undefined;
  const who = home.members[step.who % home.members.length];
  const headed = (members: string[], head: string | undefined) => ({
    personalId: head,
    relations: members.filter((each) => each !== head).map((personalId) => ({ personalId, relationToHead: "OTHER" })),
  });
  const staying = home.members.filter((each) => each !== who);
  const newHead =
    who === home.members[0] && staying.length > 0 ? headed(staying, staying[step.whom % staying.length]) : null;
  const newHeads = newHead ? [newHead] : [];
  switch (step.kind) {
    case "join": {
      const persons = [{ personalId: who, relationToHead: "OTHER" }];
      return act("registerPermanentResidence", { persons, household: other.code, newHeads, ground });
    }
    case "leave": {
      const persons = [{ personalId: who, relationToHead: "HEAD" }];
      const newAddress = { line: "Số 1, đường Mẫu", commune: "31471" };
      return act("registerPermanentResidence", { persons, newAddress, newHeads, ground });
    }
    case "head":
      return act("changeHeadOfHousehold", { household: home.code, head: headed(home.members, who), ground });
    case "split":
      return act("splitHousehold", { household: home.code, newHousehold: headed([], who), newHead, ground });
    case "merge": {
      const { relations } = headed(home.members, undefined);
      return act("mergeHouseholds", { household: home.code, into: other.code, relations, ground });
    }
    default:
      return act("strikeOffPermanentResidence", aStrikeOff(who, { reason: "SETTLED_ABROAD", newHead }));
  }
}

/** Broken promises of the households in which the people have lived; empty if they are sound. */
async function violations(people: string[]) {
  const [found] = await agency.sql`
    with theirs as (
      select distinct v.household_id from residency_versions v join residencies r on r.id = v.residency_id
        join persons p on p.id = r.person_id where p.personal_id in ${agency.sql(people)}),
    home as (select distinct on (household_id) * from household_versions join theirs using (household_id)
              order by household_id, version desc),
    last as (select distinct on (residency_id) v.*, r.person_id from residency_versions v
               join residencies r on r.id = v.residency_id order by residency_id, version desc),
    living as (select * from last where valid_to is null)
    select (select count(*)::int from home where valid_to is null and 1 <> (
              select count(*) from living where living.household_id = home.household_id and relation_to_head = 'HEAD')) as heads,
           (select count(*)::int from home where valid_to is null and not exists (
              select from living where living.household_id = home.household_id and person_id = home.head_person_id
                 and relation_to_head = 'HEAD')) as strangers,
           (select count(*)::int from home join living using (household_id) where home.valid_to is not null) as ended,
           (select count(*)::int from (select residency_id from residency_versions group by 1
              having max(version) <> count(*)) gaps) as gaps,
           (select count(*)::int from (select person_id from residencies group by 1 having count(*) > 1) twice) as twice`;
  return found;
}

test("each household has one head and each person one permanent residence, whatever officers do at once", async () => {
  let succeeded = 0;
  let refused = 0;
  const rounds = fc.array(fc.array(steps, { minLength: 2, maxLength: 5 }), { minLength: 3, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(rounds, async (history) => {
      const made = [];
      for (let each = 0; each < HOUSEHOLDS; each++) made.push(await aHousehold(agency, FAMILY));
      const people = made.flatMap((home) => home.people.map(({ personalId }) => personalId));
      for (const round of history) {
        const homes = await homesOf(people);
        const answers = await Promise.all(round.flatMap((step) => perform(step, homes) ?? []));
        succeeded += answers.filter((answer) => answer.act).length;
        refused += answers.filter((answer) => !answer.act).length;
        expect(await violations(people)).toEqual({ heads: 0, strangers: 0, ended: 0, gaps: 0, twice: 0 });
      }
    }),
    { numRuns: HISTORIES },
  );
  expect(succeeded).toBeGreaterThan(HISTORIES);
  expect(refused).toBeGreaterThan(0);
}, 600_000);
