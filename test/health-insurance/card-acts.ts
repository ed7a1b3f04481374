import { randomUUID } from "node:crypto";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import { facilitiesOf } from "../../subgraphs/_shared/reference/sample-facilities.ts";
import { aTaxCode } from "../business/business-acts.ts";
import type { ResponseJson } from "../kit/response-json.ts";
import { serial } from "../kit/serial-numbers.ts";
import { a, type ServedAgency } from "./served-agency.ts";

/** Acts of the register of cards and their input types. */
const ACTS = {
  enrolHealthInsurance: "HealthInsuranceEnrolmentInput",
  renewHealthInsurance: "HealthInsuranceRenewalInput",
  changeCareFacility: "CareFacilityChangeInput",
  correctHealthInsuranceHolder: "HealthInsuranceHolderCorrectionInput",
  endHealthInsurance: "HealthInsuranceEndInput",
} as const;
export type ActName = keyof typeof ACTS;

const ACT =
  "act { id kind effectiveOn recordedBy ground employer { code name } cards { id } } problems { code path agency { code } }";

/** Facilities of the communes 31471 and 00004. */
export const [HERE = "", THERE = ""] = ["31471", "00004"].map((commune) => facilitiesOf(commune)[0]?.code);

/** A plainly synthetic person who has no card yet. */
export function aNewcomer(more: object = {}) {
  const personalId = `0931959${String(serial("newcomer")).padStart(5, "0")}`;
  return { personalId, fullName: "Trần Thị Mẫu Thử", dateOfBirth: "1995-05-06", ...more };
}

export type Newcomer = ReturnType<typeof aNewcomer>;

export function anEnrolment(participants: object[], more: object = {}) {
  return {
    employer: { code: aTaxCode(), name: "Công ty TNHH Mẫu" },
    ...{ objectCode: "DN", facility: HERE, validFrom: TODAY, validTo: null, participants, ground: "Tờ khai mẫu số 2" },
    ...more,
  };
}

export const TODAY = legalDayOf(new Date());

type Answer = { act: ResponseJson | null; problems: { code: string; path: string[] }[] };

/** Requests of an officer to the register of cards. */
export function cardOfficer(agency: () => ServedAgency, caller: () => Caller = () => a("insurer", { province: "92" })) {
  /** Sends an act. @throws with the code of a GraphQL error */
  async function act(name: ActName, input: object, key: string = randomUUID()): Promise<Answer> {
    const document = `mutation ($input: ${ACTS[name]}!, $key: String!) {
      ${name}(input: $input, idempotencyKey: $key) { ${ACT} } }`;
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

  /** Codes of the problems with their paths, such as `PARTICIPANT_UNKNOWN personalId`. */
  async function problems(name: ActName, input: object, key?: string): Promise<string[]> {
    const answer = await act(name, input, key);
    return answer.problems.map(({ code, path }) => `${code} ${path.join(".")}`);
  }

  async function card(personalId: string | undefined, fields: string): Promise<ResponseJson> {
    const read = await agency().citizen(caller(), `healthInsuranceCard { ${fields} }`, { personalId });
    return read.healthInsuranceCard;
  }

  return { act, done, problems, card };
}
