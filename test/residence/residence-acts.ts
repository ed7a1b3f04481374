import { randomUUID } from "node:crypto";
import { uuidv7 } from "uuidv7";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { a, type ServedAgency } from "../health-insurance/served-agency.ts";
import type { ResponseJson } from "../kit/response-json.ts";
import { serial } from "../kit/serial-numbers.ts";

/** Acts of the register of residence and their input types. */
const ACTS = {
  strikeOffPermanentResidence: "ResidenceStrikeOffInput",
  registerPermanentResidence: "ResidenceRegistrationInput",
  changeHeadOfHousehold: "HouseholdHeadChangeInput",
  splitHousehold: "HouseholdSplitInput",
  mergeHouseholds: "HouseholdMergeInput",
  registerTemporaryResidence: "TemporaryResidenceInput",
  renewTemporaryResidence: "TemporaryRenewalInput",
  endTemporaryResidence: "TemporaryEndInput",
} as const;
export type ActName = keyof typeof ACTS;

const ACT = "act { id kind effectiveOn recordedBy ground persons { personalId } households { id } }";
const ANSWER = `${ACT} problems { code path agency { code } }`;
export const COMMUNE = "31471";

type Answer = { act: ResponseJson | null; problems: { code: string; path: string[] }[] };

/** Requests of an officer to the register of residence. */
export function residenceOfficer(agency: () => ServedAgency, caller: () => Caller = () => a("police")) {
  /** Sends an act. @throws with the code of a GraphQL error */
  async function act(name: ActName, input: object, key: string = randomUUID()): Promise<Answer> {
    const document = `mutation ($input: ${ACTS[name]}!, $key: String!) {
      ${name}(input: $input, idempotencyKey: $key) { ${ANSWER} } }`;
    const { data, errors } = await agency().ask(caller(), document, { input, key });
    if (errors) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions.code });
    return data[name];
  }

  /** Sends an act that must succeed. */
  async function done(name: ActName, input: object): Promise<ResponseJson> {
    const { act: made, problems } = await act(name, input);
    if (!made) throw new Error(`${name} has problems: ${JSON.stringify(problems)}`);
    return made;
  }

  /** Codes of the problems with their paths, such as `NOT_RESIDENT personalId`. */
  async function problems(name: ActName, input: object, key?: string): Promise<string[]> {
    const answer = await act(name, input, key);
    return answer.problems.map(({ code, path }) => `${code} ${path.join(".")}`);
  }

  return { act, done, problems };
}

export type TestPerson = { id: string; personalId: string; fullName: string };
export type TestHousehold = { id: string; code: string; people: TestPerson[] };
type MemberFacts = { relation: string; born?: number; fullName?: string };

const entered = { valid_from: "2022-01-01", recorded_by: "test", ground: "test" };

/** Enters a household with new, plainly synthetic members; the first is the head. Women by default, born in 1980. */
export async function aHousehold(
  { sql }: Pick<ServedAgency, "sql">,
  members: MemberFacts[],
  { commune = COMMUNE, line = "Số 1, đường Mẫu" } = {},
): Promise<TestHousehold> {
  const home = { id: uuidv7(), code: `9${commune}${String(serial("household")).padStart(6, "0")}` };
  const people = members.map(({ born = 1980, fullName }): TestPerson => {
    const number = String(900_000 + serial("person"));
    const century = Math.floor((born - 1900) / 100) * 2 + 1;
    const personalId = `093${century}${String(born % 100).padStart(2, "0")}${number}`;
    return { id: uuidv7(), personalId, fullName: fullName ?? "Trần Thị Mẫu Thử" };
  });
  await sql.begin(async (tx) => {
    for (const [index, { id, personalId, fullName }] of people.entries()) {
      const { born = 1980 } = members[index] ?? {};
      const facts = { full_name: fullName, date_of_birth: `${born}-05-06`, sex: "FEMALE", ethnicity: "Kinh" };
      await tx`insert into persons ${tx({ id, personal_id: personalId })}`;
      await tx`insert into person_versions ${tx({ ...entered, person_id: id, ...facts, nationality: "VNM" })}`;
    }
    const place = { address_line: line, commune_list: "2025-07-01", commune_code: commune };
    const head = { household_id: home.id, head_person_id: people[0]?.id ?? "" };
    await tx`insert into households ${tx(home)}`;
    await tx`insert into household_versions ${tx({ ...entered, ...head, ...place })}`;
    for (const [index, { id }] of people.entries()) {
      const residency = {
        residency_id: uuidv7(),
        household_id: home.id,
        kind: "PERMANENT",
        registered_on: "2022-01-01",
      };
      const relation = { relation_to_head: members[index]?.relation ?? "OTHER" };
      await tx`insert into residencies ${tx({ id: residency.residency_id, person_id: id })}`;
      await tx`insert into residency_versions ${tx({ ...entered, ...residency, ...relation })}`;
    }
  });
  return { ...home, people };
}

/** Head and members of a household as the register has them now. */
export async function householdNow({ sql }: Pick<ServedAgency, "sql">, id: string) {
  const [home] = await sql<{ ended: boolean; head: string; commune: string }[]>`
    select valid_to is not null as ended, p.personal_id as head, commune_code as commune from household_versions v
      join persons p on p.id = v.head_person_id where household_id = ${id} order by version desc limit 1`;
  const members = await sql<{ number: string; relation: string }[]>`
    select p.personal_id as number, last.relation_to_head as relation from residencies r join persons p on p.id = r.person_id
      join lateral (select * from residency_versions v where v.residency_id = r.id order by version desc limit 1) last
        on last.household_id = ${id} and last.valid_to is null`;
  return { ...home, members: Object.fromEntries(members.map(({ number, relation }) => [number, relation])) };
}

/** Relations of a household by personal number. */
export const relationsOf = (...relations: [TestPerson | undefined, string][]) =>
  Object.fromEntries(relations.map(([person, relation]) => [person?.personalId, relation]));

/** Relations to a head, as inputs state them. */
export const related = (...relations: [TestPerson | undefined, string][]) =>
  relations.map(([person, relationToHead]) => ({ personalId: person?.personalId, relationToHead }));

export const aStrikeOff = (personalId: string | undefined, more: object = {}) => ({
  ...{ personalId, reason: "DEATH", newHead: null, ground: "Trích lục khai tử mẫu số 1" },
  ...more,
});
