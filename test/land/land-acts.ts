import { randomUUID } from "node:crypto";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { a, type ServedAgency } from "../health-insurance/served-agency.ts";
import type { ResponseJson } from "../kit/response-json.ts";
import { serial } from "../kit/serial-numbers.ts";

/** Acts of the land register and their input types. */
const ACTS = {
  registerLand: "LandRegistrationInput",
  transferLand: "LandTransferInput",
  issueLandCertificate: "LandCertificateIssueInput",
  splitLandParcel: "LandSplitInput",
  mergeLandParcels: "LandMergeInput",
  encumberLand: "LandEncumbranceInput",
  releaseLandEncumbrance: "LandReleaseInput",
  enterLandObligation: "LandObligationInput",
  settleLandObligation: "LandSettlementInput",
} as const;
export type ActName = keyof typeof ACTS;

const ACT = "act { id kind effectiveOn recordedBy ground parcels { id state } } problems { code path agency { code } }";
export const COMMUNE = "31471";

type Answer = { act: ResponseJson | null; problems: { code: string; path: string[] }[] };

/** Requests of an officer to the land register. */
export function landOfficer(agency: () => ServedAgency, caller: () => Caller = () => a("land-officer")) {
  /** Sends an act. @throws with the code of a GraphQL error */
  async function act(name: ActName, input: object, key: string = randomUUID()): Promise<Answer> {
    const document = `mutation ($input: ${ACTS[name]}!, $key: String!) {
      ${name}(input: $input, idempotencyKey: $key) { ${ACT} } }`;
    const { data, errors } = await agency().ask(caller(), document, { input, key });
    if (errors) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions.code });
    return data[name];
  }

  /** Sends an act that must succeed. @returns the id of the act */
  async function done(name: ActName, input: object): Promise<string> {
    const { act: made, problems } = await act(name, input);
    if (!made) throw new Error(`${name} has problems: ${JSON.stringify(problems)}`);
    return made.id;
  }

  /** Codes of the problems with their paths, such as `PARCEL_UNKNOWN parcel`. */
  async function problems(name: ActName, input: object, key?: string): Promise<string[]> {
    const answer = await act(name, input, key);
    return answer.problems.map(({ code, path }) => `${code} ${path.join(".")}`);
  }

  async function parcel(code: string, fields: string): Promise<ResponseJson> {
    const query = `query ($code: ID!) { landParcel(code: $code) { ${fields} } }`;
    const { data, errors } = await agency().ask(caller(), query, { code });
    if (errors) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions.code });
    return data.landParcel;
  }

  /** Registers a new parcel. @returns its code */
  async function registered(more: Registration = {}): Promise<string> {
    const input = aRegistration(more);
    await done("registerLand", input);
    return input.parcel.code;
  }

  return { act, done, problems, parcel, registered };
}

const DIGITS = "0123456789bcdefghjkmnpqrstuvwxyz";

/** A new parcel, with codes and numbers that nothing else has. */
export function aNewParcel(more: object = {}) {
  const number = serial("parcel");
  const tail = [3, 2, 1, 0].map((place) => DIGITS[Math.floor(number / 32 ** place) % 32]).join("");
  return {
    code: `wzzzzzzz${tail}`,
    ...{ sheetNumber: 9_000, parcelNumber: number, areaM2: 100.5 },
    certificate: aBlank(),
    ...more,
  };
}

export function aBlank() {
  const number = serial("blank");
  return { serial: `ZT ${String(number).padStart(8, "0")}`, bookNumber: `CS ${number}` };
}

export const HALF = { numerator: 1, denominator: 2 };
export const WHOLE = { numerator: 1, denominator: 1 };

/** Plainly synthetic persons. */
export const AN = { personalId: "093195900001", fullName: "Đặng Thử Ân", share: WHOLE };
export const BINH = { personalId: "093195900002", fullName: "Trần Mẫu Bình", share: WHOLE };
export const CHI = { personalId: "093195900003", fullName: "Lê Thử Chi", share: WHOLE };

type Registration = { parcel?: object } & Record<string, unknown>;

export function aRegistration({ parcel = {}, ...more }: Registration = {}) {
  return {
    ...{ parcel: aNewParcel(parcel), commune: COMMUNE, purpose: "ONT", termEndsOn: null },
    ...{ holders: [AN], ground: "Quyết định mẫu số 1" },
    ...more,
  };
}

export function aTransfer(parcel: string, more: object = {}) {
  const from = [{ personalId: AN.personalId, share: null }];
  return { kind: "TRANSFER", parcel, from, to: [BINH], ground: "Hợp đồng mẫu số 2", ...more };
}

export function aMortgage(parcel: string, more: object = {}) {
  return { kind: "MORTGAGE", parcel, party: "Ngân hàng mẫu", ground: "Hợp đồng thế chấp mẫu số 3", ...more };
}

export function anObligation(parcel: string, more: object = {}) {
  return {
    ...{ parcel, kind: "PERSONAL_INCOME_TAX", debtor: AN.personalId, amountVnd: 20_000_000 },
    ...{ dueOn: "2027-01-31", ground: "Thông báo thuế mẫu số 4" },
    ...more,
  };
}

export const SETTLED = { outcome: "PAID", ground: "Giấy nộp tiền mẫu số 5" };
