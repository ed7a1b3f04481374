import type { IncomingMessage, ServerResponse } from "node:http";
import { parseDossierCode } from "../../subgraphs/_shared/reference/identifiers/dossier-code.ts";
import { subgraphs } from "../../subgraphs/agency-registry.ts";
import { badRequest } from "../errors.ts";
import { type Bilingual, inLanguage, type Language, languageOf } from "../pages/language.ts";
import type { Page } from "../pages/page-layout.ts";
import type { TrackedDossier } from "../pages/tracking/tracked-dossier.ts";
import { codeForm, digitsForm, unavailablePage } from "../pages/tracking/tracking-forms.ts";
import { trackingPage } from "../pages/tracking/tracking-page.ts";
import { readRequestBody } from "./body.ts";
import { checkOrigin } from "./cors.ts";
import type { GraphqlEndpoint } from "./graphql-request.ts";
import { executeRegistered, type OperationAnswer } from "./registered-operation.ts";

/** A form has a few fields. */
const FORM_BYTES = 2_000;

export type TrackingRequest = {
  request: IncomingMessage;
  response: ServerResponse;
  /** Decoded segments of the path after /track. */
  path: readonly string[];
  search: URLSearchParams;
  requestId: string;
  /** Address of the client. */
  address: string;
};

/** Page of a request below /track; a text is the address to which the browser is sent. Undefined: there is no such page. */
export async function trackingAnswer(
  endpoint: GraphqlEndpoint,
  document: string,
  { request, response, path, search, requestId, address }: TrackingRequest,
): Promise<Page | string | undefined> {
  const language = languageOf(search);
  if (path.length > 1) return undefined;
  if ((path[0] ?? "") === "") return searchedCode(search, language);
  const code = normalizedCode(path[0] ?? "");
  if (!parseDossierCode(code).ok) return codeForm(language, code.slice(0, 60));
  if (request.method !== "POST") return digitsForm(code, language);
  checkOrigin(request, response, endpoint.http.cors); // a page of another site must not use up the attempts at a code
  const digits = (await formOf(request)).get("phoneLast4")?.trim() ?? "";
  if (!/^\d{4}$/.test(digits)) return digitsForm(code, language, "digitsWrong");
  const caller = await endpoint.authenticate(undefined, requestId);
  const admitted = { request, response, requestId, caller, address };
  return pageOf(
    await executeRegistered(endpoint, document, { code, phoneLast4: digits }, admitted),
    code,
    digits,
    language,
  );
}

/** The form for a code, or the address of the page of the code that was entered. */
function searchedCode(search: URLSearchParams, language: Language): Page | string {
  const given = search.get("code");
  if (given === null || given.trim() === "") return codeForm(language);
  const code = normalizedCode(given);
  if (!parseDossierCode(code).ok) return codeForm(language, given.trim().slice(0, 60));
  return inLanguage(`/track/${encodeURIComponent(code)}`, language);
}

function pageOf(
  { data, errors = [], extensions }: OperationAnswer,
  code: string,
  digits: string,
  language: Language,
): Page {
  const dossier = data?.trackDossier as TrackedDossier | null | undefined; // as the document selects it
  if (dossier) return trackingPage(dossier, digits, silentAgencies(extensions), language);
  const [error] = errors;
  if (error?.extensions?.code === "NOT_FOUND") return digitsForm(code, language, "notFound");
  const seconds = error?.extensions?.retryAfterSeconds;
  if (typeof seconds === "number") return digitsForm(code, language, { lockedSeconds: seconds });
  return unavailablePage(code, digits, language);
}

function silentAgencies(extensions: OperationAnswer["extensions"]): Bilingual[] {
  const states = Object.entries(extensions?.agencies ?? {});
  const silent = states.filter(([, { state }]) => state !== "LIVE").map(([agency]) => agency);
  return subgraphs.filter(({ agency }) => silent.includes(agency)).map(({ vi, en }) => ({ vi, en }));
}

/** People type codes in lower case, and paste them with spaces. */
function normalizedCode(given: string): string {
  return given.replaceAll(/\s/g, "").toUpperCase();
}

/** @throws Refusal of a body that is no form, or too long. */
async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const [type] = (request.headers["content-type"] ?? "").split(";");
  if (type?.trim().toLowerCase() !== "application/x-www-form-urlencoded") {
    throw badRequest("Content-Type must be application/x-www-form-urlencoded", 415);
  }
  return new URLSearchParams((await readRequestBody(request, FORM_BYTES)).toString("utf8"));
}
