import { addDays, legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { definition } from "../../subgraphs/residence/subgraph.ts";
import type { ServedAgency } from "../health-insurance/served-agency.ts";
import { everyGrantIsEnteredAgain, type GrantedPart, grantedPart, type Story } from "../kit/entered-again.ts";
import { aHousehold, related, type TestPerson } from "../residence/residence-acts.ts";
import { numberContent, residenceContentOf, SAMPLE } from "../residence/residence-database.ts";

const TODAY = legalDayOf(new Date());
const THERE = { line: "Số 9, đường Mẫu", commune: "00004" };
const named = ({ personalId, fullName }: TestPerson) => ({ personalId, fullName });

/** A head with an adult child, the child's wife and their child. */
async function aFamily(agency: ServedAgency, commune?: string) {
  const members = [{ relation: "HEAD" }, { relation: "CHILD" }, { relation: "DAUGHTER_IN_LAW" }, { relation: "OTHER" }];
  const { code, people } = await aHousehold(agency, members, { ...(commune && { commune }) });
  return { code, people: people as [TestPerson, TestPerson, TestPerson, TestPerson] }; // four members were asked for
}

const move = (person: TestPerson, head: TestPerson, more: object = {}): GrantedPart => ({
  procedure: "1.004222",
  content: {
    ...{ person: named(person), newAddress: THERE, relationToHead: "GUEST", hasConsent: true },
    ...{ headName: head.fullName, headPersonalId: head.personalId, ...more },
  },
});

const stay = (person: TestPerson, days: number): GrantedPart => ({
  procedure: "1.004194",
  content: { person: named(person), temporaryAddress: THERE, until: addDays(TODAY, days) },
});

const stories: Record<string, Story> = {
  "a personal number": () => ({ procedure: "personal-number", content: numberContent(SAMPLE) }),
  "the residence of a newborn": async (agency) => {
    const number = { procedure: "personal-number", content: numberContent(SAMPLE) };
    const { personalId } = await grantedPart(agency, definition, number);
    return { procedure: "1.004222", content: residenceContentOf(SAMPLE, personalId ?? null) };
  },
  "a move into a household": async (agency) => {
    const [from, to] = [await aFamily(agency), await aFamily(agency, THERE.commune)];
    return move(from.people[1], to.people[0]);
  },
  "a move that makes a household": async (agency) => {
    const [head, child, wife, other] = (await aFamily(agency)).people;
    const newHeads = [{ personalId: child.personalId, relations: related([wife, "WIFE"], [other, "OTHER"]) }];
    return move(head, head, { relationToHead: "HEAD", newHeads });
  },
  "the residence of a spouse": async (agency) => {
    const [from, to] = [await aFamily(agency), await aFamily(agency)];
    const [wife, husband] = [from.people[1], to.people[1]];
    const household = { mover: "WIFE", code: to.code, relationToHead: "DAUGHTER_IN_LAW", hasConsent: true };
    return { procedure: "1.004222", content: { husband: named(husband), wife: named(wife), household } };
  },
  "the split of a household": async (agency) => {
    const [, child, wife] = (await aFamily(agency)).people;
    return { procedure: "1.010038", content: { person: named(child), members: related([wife, "WIFE"]) } };
  },
  "a strike-off": async (agency) => ({
    procedure: "1.003197",
    content: { person: named((await aFamily(agency)).people[1]), reason: "DEAD", from: TODAY },
  }),
  "a temporary residence": async (agency) => stay((await aFamily(agency)).people[0], 300),
  "a temporary residence that is over when the loss is found": async (agency) =>
    stay((await aFamily(agency)).people[0], 35),
  "the renewal of a temporary residence": async (agency) => {
    const [person] = (await aFamily(agency)).people;
    const first = stay(person, 10);
    await grantedPart(agency, definition, first);
    return { procedure: "1.002755", content: { ...first.content, until: addDays(TODAY, 200) } };
  },
  "the end of a temporary residence": async (agency) => {
    const [person] = (await aFamily(agency)).people;
    await grantedPart(agency, definition, stay(person, 300));
    const content = { person: named(person), temporaryAddress: THERE, reason: "ABSENCE" };
    return { procedure: "1.010028", content };
  },
};

everyGrantIsEnteredAgain(definition, stories, { followsNothing: ["a personal number"] });
