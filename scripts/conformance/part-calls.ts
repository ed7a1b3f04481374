import { randomUUID } from "node:crypto";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { type Agency, type AgencyResponse, service } from "./agency-under-test.ts";
import { expectEqual, expectThat } from "./check.ts";
import { fresh, type PartsFile } from "./parts-file.ts";

export type PartInput = {
  id: string;
  procedure: string;
  dossier: string;
  office: string;
  receivedAt: string;
  content: unknown;
};
export type PartAnswer = {
  state: string;
  decidedAt: string | null;
  result: { type: string; id: string } | null;
  facts: Record<string, unknown> | null;
  refusal: { code: string; message: string; messageEn: string; legalBasis: string } | null;
  supplement: { code: string; description: string }[] | null;
  likenesses: { id: string }[] | null;
};
export type PartCheck = { handling: string; problems: { code: string; message: string; messageEn: string }[] };
export type ReceivedPart = { id: string; procedure: string; dossier: string | null; state: string };

const ANSWER =
  "{ state decidedAt result { type id } facts refusal { code message messageEn legalBasis existingDossier } supplement { code description } likenesses { id type rule text textEn dossier facts { field label here there } } }";
const DOCUMENTS = {
  check: `query ($part: PartInput!) { out: checkPart(part: $part) { handling problems { code message messageEn path existingDossier } } }`,
  deliver: `mutation ($part: PartInput!) { out: deliverPart(part: $part) ${ANSWER} }`,
  status: `query ($partId: ID!) { out: partStatus(partId: $partId) ${ANSWER} }`,
  instruct: `mutation ($partId: ID!, $instruction: Json!) { out: instructPart(partId: $partId, instruction: $instruction) ${ANSWER} }`,
  cancel: `mutation ($partId: ID!) { out: cancelPart(partId: $partId) ${ANSWER} }`,
  received: `query ($first: Int!, $after: ID) { out: receivedParts(first: $first, after: $after) { id procedure dossier state } }`,
};
export type Operation = keyof typeof DOCUMENTS;

/** Sends an operation and returns the whole response. */
export function call(
  agency: Agency,
  operation: Operation,
  variables: object,
  by: Caller = service(),
  headers: Record<string, string> = {},
): Promise<AgencyResponse> {
  return agency.ask(by, DOCUMENTS[operation], variables, headers);
}

/** @throws RuleBroken unless the operation answers without an error. */
async function outOf<T>(agency: Agency, operation: Operation, variables: object): Promise<T> {
  const { status, data, errors } = await call(agency, operation, variables);
  expectEqual(`errors of ${operation}`, errors ?? [], []);
  expectEqual(`HTTP status of ${operation}`, status, 200);
  return data?.out as T; // its fields are looked at by each check
}

export const check = (agency: Agency, part: PartInput) => outOf<PartCheck>(agency, "check", { part });
export const deliver = (agency: Agency, part: PartInput) => outOf<PartAnswer>(agency, "deliver", { part });
export const status = (agency: Agency, partId: string) => outOf<PartAnswer | null>(agency, "status", { partId });
export const instruct = (agency: Agency, partId: string, instruction: object) =>
  outOf<PartAnswer | null>(agency, "instruct", { partId, instruction });
export const cancel = (agency: Agency, partId: string) => outOf<PartAnswer>(agency, "cancel", { partId });
export const received = (agency: Agency, first: number, after: string | null = null) =>
  outOf<ReceivedPart[]>(agency, "received", { first, after });

/** @throws RuleBroken unless the response is one error of this code and no answer. */
export function expectError({ status: http, data, errors }: AgencyResponse, code: string): void {
  expectEqual("HTTP status", http, 200);
  expectEqual("error code", errors?.[0]?.extensions?.code, code);
  expectThat(!data?.out, "no answer beside the error", data);
}

export function newPart(file: PartsFile, template: Record<string, unknown> = file.granted): PartInput {
  return {
    id: randomUUID(),
    procedure: file.procedure,
    dossier: `H13.152-CONFORMANCE-${randomUUID().slice(0, 8)}`,
    office: file.office,
    receivedAt: new Date().toISOString(),
    content: fresh(template),
  };
}
