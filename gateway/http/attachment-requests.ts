import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { StoreUnavailable } from "../../subgraphs/_shared/attachments/bucket.ts";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { sendJson } from "../../subgraphs/_shared/serving/http.ts";
import type { StoredAttachment } from "../attachments/attachment-store.ts";
import { ATTACHMENT_TYPES, AttachmentTooLarge, AttachmentTypeRefused, withDraft } from "../attachments/draft.ts";
import type { Attachments } from "../attachments/open-attachments.ts";
import { ScannerUnavailable, type VirusScanner } from "../attachments/virus-scan.ts";
import { badRequest, payloadTooLarge, Refusal } from "../errors.ts";
import { admitRequest } from "./admission.ts";
import type { GraphqlEndpoint } from "./graphql-request.ts";
import { bearerToken } from "./headers.ts";
import { ownOrigin } from "./own-origin.ts";

const UPLOADERS: readonly string[] = ["dossier:submit", "work:decide"];
const VISIBILITY_QUERY = "query ($id: ID!) { attachment(id: $id) { id } }";

/** Serves `POST /attachments` and `GET /attachments/ID`. */
export async function serveAttachments(
  attachments: Attachments,
  endpoint: GraphqlEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
  { path, requestId }: { path: string[]; requestId: string },
): Promise<void> {
  admitRequest(endpoint, request, response);
  const token = bearerToken(request);
  const caller = await endpoint.authenticate(token, requestId);
  if (caller.role === "anonymous") throw new Refusal(401, "UNAUTHENTICATED", "Attachments need a bearer token");
  endpoint.rateLimiter.admitCaller(caller);
  const [id] = path;
  const logFault = (part: string, error: Error) =>
    endpoint.log.warn({ requestId, err: error }, `${part} is not available`);
  try {
    if (request.method === "POST" && path.length === 0) {
      demandUploader(caller);
      const stored = await receive(attachments, request, caller, logFault);
      return sendJson(response, 201, stored);
    }
    if (request.method === "GET" && id !== undefined && path.length === 1) {
      return await send(attachments, decodedId(id), request, response, caller);
    }
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    logFault("store of attachments", error);
    throw unavailableNow("The store of attachments cannot be reached", "ATTACHMENT_STORE");
  }
  throw new Refusal(405, "BAD_USER_INPUT", "Use POST /attachments or GET /attachments/ID", { allow: "GET, POST" });
}

function unavailableNow(what: string, reason: string): Refusal {
  return new Refusal(503, "UNAVAILABLE", `${what}; send the request again later`, {}, { reason });
}

/** Decoded id of a request's path. Empty, and so the id of no attachment, if the encoding is invalid. */
function decodedId(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    return "";
  }
}

function demandUploader({ permissions }: Caller): void {
  if (!permissions.some((permission) => UPLOADERS.includes(permission)))
    throw new Refusal(403, "FORBIDDEN", `An upload needs one of the permissions ${UPLOADERS.join(", ")}`);
}

async function receive(
  attachments: Attachments,
  request: IncomingMessage,
  { subject }: Caller,
  logFault: (part: string, error: Error) => void,
): Promise<StoredAttachment> {
  const announced = Number(request.headers["content-length"] ?? 0);
  if (announced > attachments.limitBytes) throw tooLarge(attachments, announced);
  return storeContent(attachments, request, subject, logFault);
}

function tooLarge({ limitBytes }: Attachments, asked: number): Refusal {
  return payloadTooLarge(`The attachment exceeds ${limitBytes} bytes; scan it with a lower resolution`, 413, {
    ...{ name: "bodyBytes", allowed: limitBytes, asked },
  });
}

/** Stores the content of a stream for an owner, if its size and type are allowed and no malware is found. @throws Refusal, StoreUnavailable */
export async function storeContent(
  attachments: Attachments,
  stream: Readable,
  owner: string,
  logFault: (part: string, error: Error) => void,
): Promise<StoredAttachment> {
  const { store, limitBytes, scanner } = attachments;
  try {
    return await withDraft(stream, store.draftDirectory, limitBytes, async (draft) => {
      if (scanner) await demandClean(scanner, draft.path, (error) => logFault("virus scanner", error));
      return store.keep(draft, owner);
    });
  } catch (error) {
    if (error instanceof AttachmentTooLarge) throw tooLarge(attachments, limitBytes + 1);
    if (!(error instanceof AttachmentTypeRefused)) throw error;
    throw badRequest(`The content is ${error.message}; send one of ${ATTACHMENT_TYPES.join(", ")}`, 415);
  }
}

async function demandClean(
  scanner: VirusScanner,
  path: string,
  onScannerUnavailable: (error: ScannerUnavailable) => void,
): Promise<void> {
  try {
    const malware = await scanner.scan(path);
    if (malware === undefined) return;
    const message = `The attachment contains malware (${malware}); scan the paper again on another machine`;
    throw new Refusal(422, "BAD_USER_INPUT", message, {}, { reason: "ATTACHMENT_INFECTED" });
  } catch (error) {
    if (!(error instanceof ScannerUnavailable)) throw error;
    onScannerUnavailable(error);
    if (scanner.required) throw unavailableNow("The virus scanner cannot be reached", "VIRUS_SCANNER");
  }
}

/** Sends an attachment to those who uploaded it and to those who may see a dossier that has it. */
async function send(
  { store }: Attachments,
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
  { subject }: Caller,
): Promise<void> {
  const isReadable = (await store.isOwner(id, subject)) || (await isInVisibleDossier(id, request));
  const found = isReadable ? await store.read(id) : null;
  if (!found) throw new Refusal(404, "NOT_FOUND", "No such attachment, or none of yours");
  response.writeHead(200, {
    "content-type": found.type,
    "content-length": found.bytes,
    "content-disposition": "attachment",
    "content-security-policy": "sandbox",
    "cache-control": "private, no-store",
  });
  await pipeline(found.stream, response);
}

/** Asks the desk with the caller's token. True if the caller may see a dossier that has the attachment. */
async function isInVisibleDossier(id: string, request: IncomingMessage): Promise<boolean> {
  const answer = await fetch(`${ownOrigin(request)}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: request.headers.authorization ?? "" },
    body: JSON.stringify({ query: VISIBILITY_QUERY, variables: { id } }),
  });
  const { data } = (await answer.json()) as { data?: { attachment: { id: string } | null } | null };
  return data?.attachment?.id === id;
}
