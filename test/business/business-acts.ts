import { randomUUID } from "node:crypto";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { TAX_CODE_WEIGHTS } from "../../subgraphs/_shared/reference/identifiers/tax-code.ts";
import { a, type ServedAgency } from "../health-insurance/served-agency.ts";
import type { ResponseJson } from "../kit/response-json.ts";
import { serial } from "../kit/serial-numbers.ts";

/** Acts of the business register and their input types. */
const ACTS = {
  registerHouseholdBusiness: "HouseholdBusinessInput",
  registerEnterprise: "EnterpriseInput",
  registerBusinessBranch: "BusinessBranchInput",
  changeBusiness: "BusinessChangeInput",
  suspendBusiness: "BusinessSuspensionInput",
  resumeBusiness: "BusinessStateInput",
  endBusiness: "BusinessStateInput",
  issueLicence: "LicenceInput",
  renewLicence: "LicenceRenewalInput",
  revokeLicence: "LicenceRevocationInput",
} as const;
export type ActName = keyof typeof ACTS;

const ACT = "act { id kind effectiveOn recordedBy ground business { code } } problems { code path agency { code } }";
export const COMMUNE = "31471";

type Answer = { act: ResponseJson | null; problems: { code: string; path: string[] }[] };

/** Requests of an officer to the business register. */
export function businessOfficer(agency: () => ServedAgency, caller: () => Caller = () => a("business-officer")) {
  /** Sends an act. @throws with the code of a GraphQL error */
  async function act(name: ActName, input: object, key: string = randomUUID()): Promise<Answer> {
    const document = `mutation ($input: ${ACTS[name]}!, $key: String!) {
      ${name}(input: $input, idempotencyKey: $key) { ${ACT} } }`;
    const { data, errors } = await agency().ask(caller(), document, { input, key });
    if (errors) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions.code });
    return data[name];
  }

  /** Sends an act that must succeed. @returns the code of the business */
  async function done(name: ActName, input: object): Promise<string> {
    const { act: made, problems } = await act(name, input);
    if (!made) throw new Error(`${name} has problems: ${JSON.stringify(problems)}`);
    return made.business.code;
  }

  /** Codes of the problems with their paths, such as `BUSINESS_UNKNOWN business`. */
  async function problems(name: ActName, input: object, key?: string): Promise<string[]> {
    const answer = await act(name, input, key);
    return answer.problems.map(({ code, path }) => `${code} ${path.join(".")}`);
  }

  async function business(code: string, fields: string): Promise<ResponseJson> {
    const query = `query ($code: String!) { business(code: $code) { ${fields} } }`;
    const { data, errors } = await agency().ask(caller(), query, { code });
    if (errors) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions.code });
    return data.business;
  }

  return { act, done, problems, business };
}

/** A plainly synthetic person whom nobody else is. */
export function aPerson(role: string, fullName = "Đặng Thử Ân") {
  return { role, personalId: `0931959${String(serial("person")).padStart(5, "0")}`, fullName };
}

const ADDRESS = { commune: COMMUNE, addressLine: "Số 1, ấp Mẫu" };

export function aHousehold(more: object = {}) {
  const name = `Tạp hoá Mẫu ${serial("household")}`;
  return { ...ADDRESS, name, industries: ["4711"], people: [aPerson("OWNER")], ground: "Giấy đề nghị mẫu", ...more };
}

export function anEnterprise(more: object = {}) {
  return {
    ...{ ...ADDRESS, code: aTaxCode(), form: "LLC", name: `Công ty TNHH Mẫu ${serial("enterprise")}` },
    ...{ industries: ["1071", "5610"], capitalVnd: 3_000_000_000, people: [aPerson("REPRESENTATIVE", "Lê Thử Chi")] },
    ...{ ground: "Giấy đề nghị mẫu", ...more },
  };
}

export function aBranch(enterprise: string, more: object = {}) {
  const people = [aPerson("HEAD", "Trần Mẫu Bình")];
  return { ...ADDRESS, enterprise, name: "Chi nhánh Mẫu", industries: ["1071"], people, ground: "Mẫu", ...more };
}

export function aLicence(business: string, more: object = {}) {
  return {
    ...{ business, kind: "FOOD_SAFETY", number: `${serial("licence")}/2026/TEST`, issuer: "Cơ quan cấp phép mẫu" },
    ...{ issuedOn: "2026-01-15", ground: "Quyết định mẫu", ...more },
  };
}

/** A new tax code of the synthetic range, with its check digit. */
export function aTaxCode(): string {
  for (;;) {
    const stem = `99${String(1_000 + serial("tax code")).padStart(7, "0")}`;
    const sum = TAX_CODE_WEIGHTS.reduce((total, weight, index) => total + weight * Number(stem[index]), 0);
    if (sum % 11 > 0) return `${stem}${10 - (sum % 11)}`;
  }
}
