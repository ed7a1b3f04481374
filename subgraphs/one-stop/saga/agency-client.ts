import { DESK_SERVICE } from "../../_shared/identity/caller.ts";
import type { PartInstruction, PartProblem, StoredAnswer } from "../../_shared/parts/procedure.ts";
import type { ReceivedPart } from "../../_shared/parts/received.ts";
import type { FoundReminders } from "../../_shared/reminders/types.ts";
import type { AgencyCode } from "../../agency-registry.ts";
import type { AgencyAddress } from "../configuration.ts";
import { openAgencyRequests, type Purpose } from "./agency-requests.ts";

export type PartCall = {
  id: string;
  procedure: string;
  dossier: string;
  office: string;
  /** ISO 8601 instant. */
  receivedAt: string;
  content: Record<string, unknown>;
};
export type PartCheckAnswer = { handling: "AUTOMATIC" | "OFFICER"; problems: PartProblem[] };
export type Agencies = {
  /** Checks the parts of one agency in one call. @returns the results in the order of the parts */
  check(
    agency: AgencyCode,
    parts: readonly PartCall[],
    purpose: Purpose,
    deadlineMs: number,
  ): Promise<PartCheckAnswer[]>;
  deliver(agency: AgencyCode, part: PartCall, purpose: Purpose): Promise<StoredAnswer>;
  status(agency: AgencyCode, partId: string, purpose: Purpose): Promise<StoredAnswer | null>;
  /** Answers to several parts, in the order of `partIds`; at most a hundred, so that one call stays short. */
  statuses(agency: AgencyCode, partIds: readonly string[], purpose: Purpose): Promise<(StoredAnswer | null)[]>;
  /** Instructs the agency with a person's decision or the answer to its supplement. Null if it does not know the part. */
  instruct(
    agency: AgencyCode,
    partId: string,
    instruction: PartInstruction,
    purpose: Purpose,
  ): Promise<StoredAnswer | null>;
  cancel(agency: AgencyCode, partId: string, purpose: Purpose): Promise<StoredAnswer>;
  /** Parts that reached the agency, in the order of their ids, at most a thousand after `after`. */
  received(agency: AgencyCode, after: string, first: number, purpose: Purpose): Promise<ReceivedPart[]>;
  /** True if the agency's register has a person's paper; null if it keeps no papers of this kind. */
  holdsPaper(
    agency: AgencyCode,
    paper: string,
    personalId: string,
    purpose: Purpose,
    deadlineMs: number,
  ): Promise<boolean | null>;
  /** Reminders that the agency has found after a cursor; null from an agency without any. */
  foundReminders(agency: AgencyCode, after: string | null, first: number): Promise<FoundReminders | null>;
  citizenExists(personalId: string, purpose: Purpose, deadlineMs: number): Promise<boolean>;
  /** Personal numbers of citizens by id, in their order; null for an id that the population register does not know. */
  personalIdsOf(ids: readonly string[], purpose: Purpose, deadlineMs: number): Promise<(string | null)[]>;
  close(): Promise<void>;
};

const ANSWER = `state decidedAt result { type id } facts refusal { code message messageEn legalBasis existingDossier } supplement { code description } likenesses { id type rule text textEn dossier facts { field label here there } }`;
const VERDICT = "handling problems { code message messageEn path existingDossier }";
const DELIVER = `mutation DeliverPart($part: PartInput!) { deliverPart(part: $part) { ${ANSWER} } }`;
const STATUS = `query PartStatus($partId: ID!) { partStatus(partId: $partId) { ${ANSWER} } }`;
const INSTRUCT = `mutation InstructPart($partId: ID!, $instruction: Json!) { instructPart(partId: $partId, instruction: $instruction) { ${ANSWER} } }`;
const CANCEL = `mutation CancelPart($partId: ID!) { cancelPart(partId: $partId) { ${ANSWER} } }`;
const RECEIVED = `query ReceivedParts($after: ID!, $first: Int!) { receivedParts(after: $after, first: $first) { id procedure dossier state } }`;
const EXISTS = `query CitizenExists($personalId: PersonalId!) { citizenExists(personalId: $personalId) }`;
const PERSONAL_IDS = `query PersonalIds($ids: [ID!]!) { personalIds(citizens: $ids) }`;
const FOUND_REMINDERS = `query FoundReminders($after: String, $first: Int!) { foundReminders(after: $after, first: $first) { reminders { entry expiresOn requestBy foundOn holder people commune facts } ended { entry expiresOn state foundOn } end hasMore } }`;
const HOLDS_PAPER = `query HoldsPaper($paper: ID!, $personalId: PersonalId!) { holdsPaper(paper: $paper, personalId: $personalId) }`;

/** Calls the agencies directly, with the desk's own service identity. */
export function agencyClient(
  addresses: Partial<Record<AgencyCode, AgencyAddress>>,
  deliveryTimeoutMs: number,
): Agencies {
  const { ask, close } = openAgencyRequests(addresses, deliveryTimeoutMs);

  async function call<T>(agency: AgencyCode, query: string, variables: object, purpose: Purpose, ms?: number) {
    return Object.values(await ask<T>(agency, { query, variables }, purpose, ms))[0] as T; // each document has one root field
  }

  return {
    async check(agency, parts, purpose, deadlineMs) {
      const document = askEach("checkPart(part: $)", "PartInput", `{ ${VERDICT} }`, parts);
      const found = await ask<PartCheckAnswer>(agency, document, purpose, deadlineMs);
      return parts.map((_, index) => found[`p${index}`] as PartCheckAnswer); // not nullable in the schema
    },
    deliver: (agency, part, purpose) => call(agency, DELIVER, { part }, purpose),
    status: (agency, partId, purpose) => call(agency, STATUS, { partId }, purpose),
    async statuses(agency, partIds, purpose) {
      const document = askEach("partStatus(partId: $)", "ID", `{ ${ANSWER} }`, partIds);
      const found = await ask<StoredAnswer | null>(agency, document, purpose);
      return partIds.map((_, index) => found[`p${index}`] ?? null);
    },
    instruct: (agency, partId, instruction, purpose) => call(agency, INSTRUCT, { partId, instruction }, purpose),
    cancel: (agency, partId, purpose) => call(agency, CANCEL, { partId }, purpose),
    received: (agency, after, first, purpose) => call(agency, RECEIVED, { after, first }, purpose),
    holdsPaper: (agency, paper, personalId, purpose, ms) =>
      call(agency, HOLDS_PAPER, { paper, personalId }, purpose, ms),
    foundReminders: (agency, after, first) =>
      call(agency, FOUND_REMINDERS, { after, first }, { onBehalfOf: DESK_SERVICE }),
    citizenExists: (personalId, purpose, ms) => call("RESIDENCE", EXISTS, { personalId }, purpose, ms),
    personalIdsOf: (ids, purpose, ms) => call("RESIDENCE", PERSONAL_IDS, { ids }, purpose, ms),
    close,
  };
}

/** Document that selects one field for each value, under the alias p0, p1, …; `$` in `field` stands for the variable. */
function askEach(field: string, type: string, selection: string, values: readonly unknown[]) {
  const variables = Object.fromEntries(values.map((value, index) => [`p${index}`, value]));
  const names = Object.keys(variables);
  const declared = names.map((name) => `$${name}: ${type}!`).join(", ");
  const fields = names.map((name) => `${name}: ${field.replace("$", `$$${name}`)} ${selection}`).join(" ");
  return { query: `query Each(${declared}) { ${fields} }`, variables };
}
