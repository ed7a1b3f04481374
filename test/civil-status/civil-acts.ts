import { randomUUID } from "node:crypto";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { addDays, legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { a, type ServedAgency } from "../health-insurance/served-agency.ts";
import type { ResponseJson } from "../kit/response-json.ts";
import { serial } from "../kit/serial-numbers.ts";

/** Acts of the civil status register and their input types. */
const ACTS = {
  registerBirth: "CivilBirthInput",
  registerDeath: "CivilDeathInput",
  registerMarriage: "CivilMarriageInput",
  endMarriage: "MarriageEndInput",
  confirmMaritalStatus: "MaritalConfirmationInput",
  correctBirth: "BirthCorrectionInput",
  correctDeath: "DeathCorrectionInput",
  correctMarriage: "MarriageCorrectionInput",
  recognizeParent: "RecognitionInput",
  issueCivilExtract: "ExtractInput",
  closeRegisterBook: "BookClosingInput",
} as const;
export type ActName = keyof typeof ACTS;

const ACT = `act { id kind effectiveOn recordedBy ground number { book number office { code } } }
  problems { code path agency { code } }`;
export const OFFICE = "31471";
export const OTHER_OFFICE = "00004";

export const registrar = (office = OFFICE, more: Partial<Caller> = {}) => a("registrar", { office, ...more });

type Answer = { act: ResponseJson | null; problems: { code: string; path: string[] }[] };

/** Requests of a registrar to the civil status register. */
export function civilOfficer(agency: () => ServedAgency, caller: () => Caller = () => registrar()) {
  async function ask(query: string, variables: object = {}, by: Caller = caller()): Promise<ResponseJson> {
    const { data, errors } = await agency().ask(by, query, variables);
    if (errors) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions.code });
    return data;
  }

  /** Sends an act. @throws with the code of a GraphQL error */
  async function act(name: ActName, input: object, key: string = randomUUID(), by?: Caller): Promise<Answer> {
    const document = `mutation ($input: ${ACTS[name]}!, $key: String!) {
      ${name}(input: $input, idempotencyKey: $key) { ${ACT} } }`;
    return (await ask(document, { input, key }, by))[name];
  }

  /** Sends an act that must succeed. @returns the act */
  async function done(name: ActName, input: object, by?: Caller): Promise<ResponseJson> {
    const { act: made, problems } = await act(name, input, randomUUID(), by);
    if (!made) throw new Error(`${name} has problems: ${JSON.stringify(problems)}`);
    return made;
  }

  /** Codes of the problems with their paths, such as `BOOK_CLOSED book`. */
  async function problems(name: ActName, input: object, key?: string): Promise<string[]> {
    const answer = await act(name, input, key);
    return answer.problems.map(({ code, path }) => `${code} ${path.join(".")}`);
  }

  /** All nodes of a connection, read in pages of a size. */
  async function all(query: string, filter: object, size: number): Promise<ResponseJson[]> {
    const nodes: ResponseJson[] = [];
    for (let after: string | null = null; ; ) {
      const data: ResponseJson = await ask(query, { filter, first: size, after });
      const [page] = Object.values<ResponseJson>(data);
      nodes.push(...page.nodes);
      if (!page.pageInfo.hasNextPage) return nodes;
      after = page.pageInfo.endCursor;
    }
  }

  return { ask, act, done, problems, all };
}

const SEX_DIGITS = { MALE: "0", FEMALE: "1" };

/** A plainly synthetic adult born in 1990, with a number that nobody else has. */
export function aPerson(sex: "MALE" | "FEMALE" = "MALE", more: object = {}) {
  const number = serial("civil-person");
  return {
    personalId: `093${SEX_DIGITS[sex]}90${String(700_000 + number)}`,
    ...{ fullName: "Trần Mẫu Thử Người", dateOfBirth: "1990-05-20", ethnicity: "Kinh", nationality: "VNM" },
    residence: { line: "Ấp mẫu 1", commune: OFFICE },
    ...more,
  };
}

/** The birth of a child of parents whom no other test uses. */
export function aBirth(more: object = {}) {
  const parent = (sex: "MALE" | "FEMALE") => {
    const { residence: _, ...facts } = aPerson(sex);
    return facts as typeof facts & { personalId: string | null };
  };
  const mother = parent("FEMALE");
  return {
    ...{ kind: "REGISTERED", mother: mother as typeof mother | null, father: parent("MALE") as typeof mother | null },
    child: {
      ...{ fullName: "Trần Mẫu Bé", sex: "FEMALE", dateOfBirth: addDays(legalDayOf(new Date()), -10) as string },
      placeOfBirth: { facilityName: "Trạm y tế mẫu", commune: OFFICE } as {
        facilityName: string;
        commune?: string;
        country?: string;
      },
      ...{ ethnicity: "Kinh", nationality: "VNM", homeCommune: OFFICE, birthNotice: null as string | null },
      withoutNotice: { kind: "WITNESS", text: "Văn bản của người làm chứng mẫu" } as {
        kind: string;
        text: string;
      } | null,
      multipleBirth: null as { order: number; of: number } | null,
    },
    declarant: { fullName: mother.fullName, personalId: mother.personalId, relation: "MOTHER" },
    ground: "Tờ khai mẫu số 4",
    ...more,
  };
}

/** A death of a person whom no other test uses. */
export function aDeath(more: object = {}) {
  return {
    ...{ kind: "REGISTERED", deceased: aPerson(), sex: "MALE", diedOn: "2026-11-20", diedAt: "14:05" },
    ...{ place: { line: "Tại nhà riêng", commune: OFFICE }, cause: "Tuổi già" },
    notice: { number: "12/2026", issuedOn: "2026-11-21", issuer: "Trạm y tế mẫu" },
    declarant: { fullName: "Trần Mẫu Con", personalId: "093195000017", relation: "Con đẻ" },
    ground: "Tờ khai mẫu số 1",
    ...more,
  };
}

/** A marriage of two persons whom no other test uses. */
export function aMarriage(more: object = {}) {
  const couple = { husband: aPerson("MALE"), wife: aPerson("FEMALE") };
  return { kind: "REGISTERED", ...couple, ground: "Tờ khai mẫu số 2", ...more };
}

export function aDivorce(marriage: string, more: object = {}) {
  const decision = "Bản án số 1/2026, Tòa án nhân dân mẫu";
  return {
    marriage,
    kind: "DIVORCE",
    decision,
    effectiveOn: legalDayOf(new Date()),
    ground: "Trích lục bản án mẫu",
    ...more,
  };
}

export function aConfirmation(person: object, more: object = {}) {
  return { person, status: "NEVER_MARRIED", purpose: "Để đăng ký kết hôn", ground: "Tờ khai mẫu số 3", ...more };
}

/** Enters a birth by which the register knows the parents of a person. */
export async function bornOf({ sql }: ServedAgency, child: string | null, parents: (string | null)[]): Promise<void> {
  const guardians = parents.flatMap((parent) => parent ?? []).join(" ");
  await sql`
    with entered as (
      insert into births (id, citizen_id, registered_on, mother_key, date_of_birth, birth_order, guardians)
      values (${randomUUID()}, ${randomUUID()}, '1990-06-01', ${`test|${child}`}, '1990-05-20', 1, ${guardians})
      returning citizen_id)
    insert into citizen_numbers select citizen_id, ${child} from entered`;
}
