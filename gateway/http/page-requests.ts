import type { IncomingMessage, ServerResponse } from "node:http";
import type { Attachments } from "../attachments/open-attachments.ts";
import { Refusal } from "../errors.ts";
import { frontPage } from "../pages/front/front-page.ts";
import { languageOf } from "../pages/language.ts";
import type { Page } from "../pages/page-layout.ts";
import type { PublicPages } from "../pages/public-pages.ts";
import { qrCode } from "../pages/qr-code.ts";
import { refusedPage } from "../pages/refused-page.ts";
import { isScreenPage, screenPage } from "../pages/screen-page.ts";
import { ClientGone } from "./body.ts";
import { clientAddress } from "./client-address.ts";
import type { CompressionConfiguration } from "./compression.ts";
import { sendBuiltFile } from "./file-response.ts";
import type { GraphqlEndpoint } from "./graphql-request.ts";
import { sendPage, sendStylesheet, sendText } from "./page-response.ts";
import { decodedSegment } from "./path-segments.ts";
import { catalogueAnswer } from "./procedure-requests.ts";
import { publicOrigin } from "./public-origin.ts";
import { executeRegistered, isServed } from "./registered-operation.ts";
import { statusAnswer } from "./status-requests.ts";
import { trackingAnswer } from "./tracking-requests.ts";
import { unsubscribeAnswer } from "./unsubscribe-requests.ts";

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
export async function servePages(
  pages: PublicPages,
  endpoint: GraphqlEndpoint,
  asked: PageRequest,
  attachments: Attachments | undefined,
): Promise<boolean> {
  const { request, response, folder, path, search, requestId } = asked;
  const serving = { stylesheet: pages.stylesheet, compression: endpoint.http.compression };
  if (path.length === 1 && (await sendFile(pages, endpoint, asked))) return true;
  if (!isPageFolder(folder)) return false;
  try {
    const answer = await answerOf(pages, endpoint, { ...asked, folder, path: path.map(decodedSegment) }, attachments);
    if (answer === undefined) return false;
    if (answer !== "sent") await sendPage(serving, request, response, answer);
  } catch (error) {
    if (error instanceof ClientGone || response.headersSent) throw error;
    if (!(error instanceof Refusal)) endpoint.log.error({ requestId, err: error }, "fault");
    await sendPage(serving, request, response, refusedPage(error, languageOf(search), requestId));
  }
  return true;
}

/** Sends a file that pages refer to: a style sheet, the icon, a script. False: there is no such file. */
async function sendFile(
  { stylesheet, icon, screens }: PublicPages,
  { http: { compression } }: GraphqlEndpoint,
  { request, response, folder, path: [name = ""] }: PageRequest,
): Promise<boolean> {
  if (folder === "screens" && screens) {
    return sendBuiltFile(screens.files, name, { request, response }, { policy: screens.policy, compression });
  }
  if (folder === "desk" && name === "worker.js" && screens) {
    const worker = (await screens.files.entry("desk-worker", ".js")) ?? "";
    response.setHeader("service-worker-allowed", "/desk");
    const sent = { request, response, cacheControl: "no-cache" };
    return sendBuiltFile(screens.files, worker, sent, { policy: screens.workerPolicy, compression });
  }
  if (folder !== "pages") return false;
  if (name === stylesheet.name) await sendStylesheet({ stylesheet, compression }, request, response);
  else if (name === "icon.svg") await sendIcon(icon, request, response, compression);
  else return false;
  return true;
}

function sendIcon(
  icon: string,
  request: IncomingMessage,
  response: ServerResponse,
  compression: CompressionConfiguration,
): Promise<void> {
  response.setHeader("cache-control", "public, max-age=86400");
  return sendText(request, response, { status: 200, type: "image/svg+xml", text: icon }, compression);
}

/** Folders of the pages, with the document without which the graph has nothing for them. */
const FOLDERS = {
  "": "trackDossier",
  track: "trackDossier",
  procedures: "procedure",
  unsubscribe: "unsubscribe",
  status: "outboxBacklog",
  desk: "trackDossier",
  office: "trackDossier",
  board: "trackDossier",
  portal: "trackDossier",
} as const;
/** Folders whose pages have forms that are sent by POST. */
const FORM_FOLDERS: ReadonlySet<string> = new Set(["track", "unsubscribe"]);
type PageFolder = keyof typeof FOLDERS;

function isPageFolder(folder: string): folder is PageFolder {
  return Object.hasOwn(FOLDERS, folder);
}

/** Page of a request, or "sent" where the response was something else. */
async function answerOf(
  { documents, screens, hasPlayground, agencies }: PublicPages,
  endpoint: GraphqlEndpoint,
  { request, response, folder, path, search, requestId }: PageRequest & { folder: PageFolder },
  attachments: Attachments | undefined,
): Promise<Page | "sent" | undefined> {
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (!isRead && !(request.method === "POST" && FORM_FOLDERS.has(folder))) return undefined;
  // a link of another site may lead here, so only the address is admitted
  const address = clientAddress(request, endpoint.http.trustedProxies);
  endpoint.rateLimiter.admitAddress(address);
  if (!isServed(endpoint, documents[FOLDERS[folder]])) return undefined;
  if (folder === "") {
    return frontPage({
      language: languageOf(search),
      screen: screens?.signIn ? undefined : await screens?.filesOf("front"),
      hasScreens: (await screens?.filesOf("desk")) !== undefined,
      hasPlayground,
      hasStatus: agencies !== undefined,
    });
  }
  if (isScreenPage(folder)) {
    const screen = await screens?.filesOf(folder);
    if (!screen || path.length > 0) return undefined;
    const page = screenPage(folder, languageOf(search), screen, screens?.signIn);
    return search.has("state") ? { ...page, isPublic: undefined } : page; // no cache keeps an address with a code
  }
  const [code = "", picture] = path;
  if (
    picture === "qr.svg" &&
    (folder === "track" || folder === "procedures") &&
    isRead &&
    path.length === 2 &&
    CODE.test(code)
  ) {
    await sendQrCode(endpoint, request, response, `/${folder}/${code}`);
    return "sent";
  }
  if (folder !== "track") {
    const caller = await endpoint.authenticate(undefined, requestId);
    const admitted = { request, response, requestId, caller, address };
    const ask = (document: string, variables: Record<string, unknown>) =>
      executeRegistered(endpoint, document, variables, admitted);
    if (folder === "status")
      return path.length === 0 ? statusAnswer(documents, agencies, languageOf(search), ask) : undefined;
    if (folder === "unsubscribe") return unsubscribeAnswer(documents, { request, path, search }, ask);
    return catalogueAnswer(documents, path, search, ask);
  }
  const tracking = { request, response, path, search, requestId, address, attachments };
  const answer = await trackingAnswer(endpoint, documents, tracking);
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
