import type { IncomingMessage, ServerResponse } from "node:http";
import { Refusal } from "../errors.ts";
import { languageOf } from "../pages/language.ts";
import type { Page } from "../pages/page-layout.ts";
import type { PublicPages } from "../pages/public-pages.ts";
import { qrCode } from "../pages/qr-code.ts";
import { refusedPage } from "../pages/refused-page.ts";
import { ClientGone } from "./body.ts";
import { clientAddress } from "./client-address.ts";
import type { GraphqlEndpoint } from "./graphql-request.ts";
import { sendPage, sendStylesheet, sendText } from "./page-response.ts";
import { decodedSegment } from "./path-segments.ts";
import { catalogueAnswer } from "./procedure-requests.ts";
import { publicOrigin } from "./public-origin.ts";
import { executeRegistered, isServed } from "./registered-operation.ts";
import { trackingAnswer } from "./tracking-requests.ts";

export type PageRequest = {
  request: IncomingMessage;
  response: ServerResponse;
  /** First segment of the path, and those after it. */
  folder: string;
  path: readonly string[];
  search: URLSearchParams;
  requestId: string;
};

/** Serves the public pages. False: there is no such page, or the graph lacks what it shows. */
export async function servePages(pages: PublicPages, endpoint: GraphqlEndpoint, asked: PageRequest): Promise<boolean> {
  const { request, response, folder, path, search, requestId } = asked;
  const serving = { stylesheet: pages.stylesheet, compression: endpoint.http.compression };
  if (folder === "pages" && path.length === 1 && path[0] === pages.stylesheet.name) {
    await sendStylesheet(serving, request, response);
    return true;
  }
  if (folder !== "track" && folder !== "procedures") return false;
  try {
    const answer = await answerOf(pages, endpoint, { ...asked, folder, path: path.map(decodedSegment) });
    if (answer === undefined) return false;
    if (answer !== "sent") await sendPage(serving, request, response, answer);
  } catch (error) {
    if (error instanceof ClientGone || response.headersSent) throw error;
    if (!(error instanceof Refusal)) endpoint.log.error({ requestId, err: error }, "fault");
    await sendPage(serving, request, response, refusedPage(error, languageOf(search), requestId));
  }
  return true;
}

/** Page of a request, or "sent" where the response was something else. */
async function answerOf(
  { documents }: PublicPages,
  endpoint: GraphqlEndpoint,
  { request, response, folder, path, search, requestId }: PageRequest & { folder: "track" | "procedures" },
): Promise<Page | "sent" | undefined> {
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (!isRead && !(request.method === "POST" && folder === "track")) return undefined;
  // a link of another site may lead here, so only the address is admitted
  const address = clientAddress(request, endpoint.http.trustedProxies);
  endpoint.rateLimiter.admitAddress(address);
  if (!isServed(endpoint, folder === "track" ? documents.trackDossier : documents.procedure)) return undefined;
  const [code = "", picture] = path;
  if (picture === "qr.svg" && isRead && path.length === 2 && CODE.test(code)) {
    await sendQrCode(endpoint, request, response, `/${folder}/${code}`);
    return "sent";
  }
  if (folder === "procedures") {
    const caller = await endpoint.authenticate(undefined, requestId);
    const admitted = { request, response, requestId, caller, address };
    return catalogueAnswer(documents, path, search, (document, variables) =>
      executeRegistered(endpoint, document, variables, admitted),
    );
  }
  const tracking = { request, response, path, search, requestId, address };
  const answer = await trackingAnswer(endpoint, documents.trackDossier, tracking);
  if (typeof answer !== "string") return answer;
  response.writeHead(303, { location: answer }).end();
  return "sent";
}

/** Letters of the codes of dossiers and procedures, which an address shows as they are. */
const CODE = /^[\w.-]{1,40}$/;

/** Cached for a day: the same address has the same picture. */
async function sendQrCode(
  { http }: GraphqlEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const text = await qrCode(`${publicOrigin(request, http.publicUrl)}${path}`);
  response.setHeader("cache-control", "public, max-age=86400");
  await sendText(request, response, { status: 200, type: "image/svg+xml", text }, http.compression);
}
