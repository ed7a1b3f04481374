import type { IncomingMessage, ServerResponse } from "node:http";
import { parseDossierCode } from "../../subgraphs/_shared/reference/identifiers/dossier-code.ts";
import { subgraphs } from "../../subgraphs/agency-registry.ts";
import type { Attachments } from "../attachments/open-attachments.ts";
import { badRequest } from "../errors.ts";
import { type Bilingual, inLanguage, type Language, languageOf } from "../pages/language.ts";
import type { Page } from "../pages/page-layout.ts";
import type { PageDocuments } from "../pages/public-pages.ts";
import type { RefusedFeedback } from "../pages/tracking/feedback-section.ts";
import { answersPage, refusedFile, sentText } from "../pages/tracking/supplement-forms.ts";
import type { TrackedDossier } from "../pages/tracking/tracked-dossier.ts";
import { codeForm, digitsForm, unavailablePage } from "../pages/tracking/tracking-forms.ts";
import { type TrackingNotes, trackingPage } from "../pages/tracking/tracking-page.ts";
import { readRequestBody } from "./body.ts";
import { checkOrigin } from "./cors.ts";
import type { GraphqlEndpoint } from "./graphql-request.ts";
import { executeRegistered, type OperationAnswer } from "./registered-operation.ts";
import {
  type GivenAnswers,
  openedSupplement,
  readAnswers,
  type SupplementForms,
  sendAnswers,
} from "./supplement-requests.ts";

/** A form has a few fields. */
const FORM_BYTES = 2_000;
/** A complaint has 2,000 characters, each of up to nine bytes in a form. */
const FEEDBACK_BYTES = 20_000;

export type TrackingRequest = {
  request: IncomingMessage;
  response: ServerResponse;
  /** Decoded segments of the path after /track. */
  path: readonly string[];
  search: URLSearchParams;
  requestId: string;
  /** Address of the client. */
  address: string;
  /** Undefined where files are not taken. */
  attachments: Attachments | undefined;
};

/** Page of a request below /track; a text is the address to which the browser is sent. Undefined: there is no such page. */
export async function trackingAnswer(
  endpoint: GraphqlEndpoint,
  documents: PageDocuments,
  { request, response, path, search, requestId, address, attachments }: TrackingRequest,
): Promise<Page | string | undefined> {
  const language = languageOf(search);
  const [given = "", form] = path;
  if (path.length > 2 || (form !== undefined && !FORMS.includes(form))) return undefined;
  if (given === "") return searchedCode(search, language);
  const code = normalizedCode(given);
  if (!parseDossierCode(code).ok) return codeForm(language, code.slice(0, 60));
  if (request.method !== "POST") return form ? addressOf(code, language) : digitsForm(code, language);
  checkOrigin(request, response, endpoint.http.cors); // a page of another site must not use up the attempts at a code
  const caller = await endpoint.authenticate(undefined, requestId);
  const admitted = { request, response, requestId, caller, address };
  const forms = {
    ...{ documents, language, attachments },
    ask: (document: string, variables: Record<string, unknown>) =>
      executeRegistered(endpoint, document, variables, admitted),
    logFault: (part: string, err: Error) => endpoint.log.warn({ requestId, err }, `${part} is not available`),
  };
  if (form === "answers") return answersSent(forms, await readAnswers(forms, request, code));
  const fields = await formOf(request, form === "feedback" ? FEEDBACK_BYTES : FORM_BYTES);
  const digits = fields.get("phoneLast4")?.trim() ?? "";
  if (!DIGITS.test(digits)) return digitsForm(code, language, "digitsWrong");
  const tracking = { ...forms, code, digits };
  if (form === "supplement") return supplementPage(tracking, fields.get("answerCode")?.trim() ?? "");
  return form === "feedback" ? feedbackAnswer(tracking, fields) : trackedPage(tracking);
}

/** Forms below the page of a dossier. */
const FORMS: readonly string[] = ["feedback", "supplement", "answers"];
const DIGITS = /^\d{4}$/;

/** A person who has the receipt, and who asks by operations of the gateway's own. */
type Tracking = SupplementForms & { code: string; digits: string };

/** Page to answer the papers that a code opens. */
async function supplementPage(tracking: Tracking, answerCode: string): Promise<Page> {
  const proof = { code: tracking.code, digits: tracking.digits, answerCode };
  const opened = await openedSupplement(tracking, proof);
  if ("failed" in opened) return refusal(opened.failed, tracking);
  if ("problem" in opened) return trackedPage(tracking, { answerCodeFault: opened.problem });
  return answersPage(proof, opened.value, tracking.attachments?.limitBytes, tracking.language);
}

/** Sends the answers of a form. @returns the dossier's page, or the form again with what is wrong */
async function answersSent(forms: SupplementForms, given: GivenAnswers): Promise<Page> {
  const { proof, refusal: refused } = given;
  const tracking = { ...forms, code: proof.code, digits: proof.digits };
  if (!DIGITS.test(proof.digits)) return digitsForm(proof.code, forms.language, "digitsWrong");
  const sent = refused ? null : await sendAnswers(forms, given);
  if (sent && "failed" in sent) return refusal(sent.failed, tracking);
  if (sent && "value" in sent) return trackedPage(tracking, { received: sentText(forms.language) });
  const opened = await openedSupplement(forms, proof);
  if ("failed" in opened) return refusal(opened.failed, tracking);
  if ("problem" in opened) return trackedPage(tracking, { answerCodeFault: sent?.problem ?? opened.problem });
  const fault = { status: refused?.status ?? 400, text: sent?.problem ?? refusedFile(refused?.status, forms.language) };
  return answersPage(proof, opened.value, forms.attachments?.limitBytes, forms.language, fault);
}

/** Gives the feedback of a form. @returns the dossier's page with it, or with the form and what is wrong */
async function feedbackAnswer(tracking: Tracking, fields: URLSearchParams): Promise<Page> {
  const rating = /^[1-5]$/.test(fields.get("rating") ?? "") ? Number(fields.get("rating")) : null;
  const complaint = fields.get("complaint")?.trim() || null;
  const { code, digits, documents, ask } = tracking;
  const feedback = { rating, complaint };
  const answer = await ask(documents.giveFeedback, { code, phoneLast4: digits, feedback });
  const act = answer.data?.giveFeedbackByReceipt as Pick<RefusedFeedback, "problems"> | null | undefined; // as selected
  if (!act) return refusal(answer, tracking);
  const { problems } = act;
  return trackedPage(tracking, { refusedFeedback: problems.length > 0 ? { ...feedback, problems } : undefined });
}

/** The form for a code, or the address of the page of the code that was entered. */
function searchedCode(search: URLSearchParams, language: Language): Page | string {
  const given = search.get("code");
  if (given === null || given.trim() === "") return codeForm(language);
  const code = normalizedCode(given);
  if (!parseDossierCode(code).ok) return codeForm(language, given.trim().slice(0, 60));
  return addressOf(code, language);
}

function addressOf(code: string, language: Language): string {
  return inLanguage(`/track/${encodeURIComponent(code)}`, language);
}

async function trackedPage(tracking: Tracking, notes?: TrackingNotes): Promise<Page> {
  const { code, digits, language, documents } = tracking;
  const answer = await tracking.ask(documents.trackDossier, { code, phoneLast4: digits });
  const dossier = answer.data?.trackDossier as TrackedDossier | null | undefined; // as the document selects it
  if (!dossier) return refusal(answer, tracking);
  return trackingPage(dossier, digits, silentAgencies(answer.extensions), language, notes);
}

/** Page in place of an answer without data. */
function refusal(
  { errors = [] }: OperationAnswer,
  { code, digits, language }: Pick<Tracking, "code" | "digits" | "language">,
): Page {
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
async function formOf(request: IncomingMessage, limitBytes: number): Promise<URLSearchParams> {
  const [type] = (request.headers["content-type"] ?? "").split(";");
  if (type?.trim().toLowerCase() !== "application/x-www-form-urlencoded") {
    throw badRequest("Content-Type must be application/x-www-form-urlencoded", 415);
  }
  return new URLSearchParams((await readRequestBody(request, limitBytes)).toString("utf8"));
}
