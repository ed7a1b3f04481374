import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addDays } from "../../subgraphs/_shared/reference/days.ts";
import { definition } from "../../subgraphs/health-insurance/subgraph.ts";
import { aNewcomer, anEnrolment, cardOfficer, HERE, type Newcomer, THERE, TODAY } from "./card-acts.ts";
import { type ServedAgency, serveAgency } from "./served-agency.ts";

/** Number of random histories; each is a list of rounds whose acts run at once. */
const HISTORIES = Number(process.env.INSURANCE_HISTORIES ?? 5);
const PEOPLE = 4;
const GROUPS = ["GD", "DN", "HS"];
const ground = "Mẫu";

let agency: ServedAgency;
beforeAll(async () => {
  agency = await serveAgency(definition);
});
afterAll(() => agency?.stop());

const { act } = cardOfficer(() => agency);

/** An act on some of the people. Most of them are possible, and some at once are not. */
type Step = { kind: string; who: number; others: number; group: number; from: number; days: number };
const steps = fc.record<Step>({
  kind: fc.constantFrom("enrol", "enrol", "enrol", "renew", "renew", "facility", "end", "death"),
  ...{ who: fc.nat(PEOPLE - 1), others: fc.nat(PEOPLE - 1), group: fc.nat(2), from: fc.nat(40), days: fc.nat(60) },
});

function perform({ kind, who, others, group, from, days }: Step, people: readonly Newcomer[]) {
  const personalId = people[who]?.personalId;
  const validFrom = addDays(TODAY, from);
  const validTo = addDays(validFrom, days);
  switch (kind) {
    case "enrol": {
      const listed = Array.from({ length: others + 1 }, (_, each) => people[(who + each) % PEOPLE] ?? aNewcomer());
      return act("enrolHealthInsurance", anEnrolment(listed, { objectCode: GROUPS[group], validFrom, validTo }));
    }
    case "renew":
      return act("renewHealthInsurance", { personalId, validFrom: days % 2 ? validFrom : null, validTo, ground });
    case "facility":
      return act("changeCareFacility", { personalId, facility: days % 2 ? HERE : THERE, reason: "MOVE", ground });
    case "end":
      return act("endHealthInsurance", { personalId, lastDay: validFrom, reason: "CONTRIBUTIONS_ENDED", ground });
    default:
      return act("endHealthInsurance", { personalId, lastDay: TODAY, reason: "DEATH", ground });
  }
}

/** Broken promises of the people's cards; empty if they are sound. */
async function violations(people: readonly Newcomer[]) {
  const numbers = people.map(({ personalId }) => personalId);
  const [found] = await agency.sql`
    with theirs as (select * from cards where personal_id in ${agency.sql(numbers)}),
    term as (
      select distinct on (v.card_id, v.card_valid_from) v.* from card_versions v join theirs c on c.id = v.card_id
        order by v.card_id, v.card_valid_from, v.version desc),
    closing as (select * from card_versions v join theirs c on c.id = v.card_id where closed_on is not null),
    valid as (
      select t.* from term t where (t.card_valid_to is null or t.card_valid_to >= t.card_valid_from) and not exists (
        select from closing c where c.card_id = t.card_id and t.card_valid_from > c.card_valid_from))
    select (select count(*)::int from valid a join valid b on a.card_id = b.card_id and a.card_valid_from < b.card_valid_from
              where coalesce(a.card_valid_to, 'infinity') >= b.card_valid_from) as overlaps,
           (select count(*)::int from (select personal_id from theirs group by 1 having count(*) > 1) twice) as twice,
           (select count(*)::int from (select v.card_id from card_versions v join theirs c on c.id = v.card_id group by 1
              having max(v.version) <> count(*)) gaps) as gaps,
           (select count(*)::int from closing c join card_versions v on v.card_id = c.card_id and v.version > c.version) as after_closing,
           (select count(*)::int from theirs c where not exists (select from card_versions v where v.card_id = c.id)) as halves,
           (select count(*)::int from valid v full join (select t.* from card_terms t join theirs c on c.id = t.card_id) t
              on t.card_id = v.card_id and t.starts_on = v.card_valid_from
              where t.version is distinct from v.version or t.ends_on is distinct from v.card_valid_to) as derived`;
  return found;
}

test("a person has one valid card on each day, and closed cards stay closed, whatever officers do at once", async () => {
  let succeeded = 0;
  let refused = 0;
  const rounds = fc.array(fc.array(steps, { minLength: 2, maxLength: 6 }), { minLength: 3, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(rounds, async (history) => {
      const people = Array.from({ length: PEOPLE }, () => aNewcomer());
      for (const round of history) {
        const answers = await Promise.all(round.map((step) => perform(step, people)));
        succeeded += answers.filter((answer) => answer.act).length;
        refused += answers.filter((answer) => !answer.act).length;
        const none = { overlaps: 0, twice: 0, gaps: 0, after_closing: 0, halves: 0, derived: 0 };
        expect(await violations(people)).toEqual(none);
      }
    }),
    { numRuns: HISTORIES },
  );
  expect(succeeded).toBeGreaterThan(HISTORIES);
  expect(refused).toBeGreaterThan(0);
}, 600_000);
