import { uuidv7 } from "uuidv7";
import { a, type ServedAgency } from "../health-insurance/served-agency.ts";
import type { ResponseJson } from "../kit/response-json.ts";
import { COMMUNE } from "./business-acts.ts";

export const DOSSIER = "H13.152-261130-0001";

export const aPart = (procedure: string, content: object, id = uuidv7()) => ({
  ...{ id, procedure, dossier: DOSSIER, office: COMMUNE, receivedAt: new Date().toISOString(), content },
});

/** Requests of the one-stop desk to the business agency. */
export function desk(agency: () => ServedAgency) {
  async function ask(query: string, variables: object): Promise<ResponseJson> {
    const { data, errors } = await agency().ask(a("service"), query, variables);
    if (errors) throw new Error(errors[0].message);
    return data;
  }

  async function deliver(part: object): Promise<ResponseJson> {
    const query = `mutation ($part: PartInput!) { deliverPart(part: $part) { state facts refusal { code } } }`;
    return (await ask(query, { part })).deliverPart;
  }

  /** Grants a part in the name of an officer. */
  async function grant(partId: string, facts: object = {}): Promise<ResponseJson> {
    const query = `mutation ($partId: ID!, $instruction: Json!) {
      instructPart(partId: $partId, instruction: $instruction) { state facts } }`;
    return (await ask(query, { partId, instruction: { by: "officer-01", grant: { facts } } })).instructPart;
  }

  /** Problems of a part with their paths, or how it would be handled. */
  async function checked(procedure: string, content: object): Promise<string[]> {
    const query = `query ($part: PartInput!) { checkPart(part: $part) { handling problems { code path } } }`;
    const { handling, problems } = (await ask(query, { part: aPart(procedure, content) })).checkPart;
    const found = problems.map(({ code, path }: { code: string; path: string[] }) => `${code} ${path.join(".")}`);
    return found.length > 0 ? found : [handling];
  }

  return { deliver, grant, checked };
}
