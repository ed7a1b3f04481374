import type { IncomingMessage, ServerResponse } from "node:http";
import { documentOf, type Page } from "../pages/page-layout.ts";
import type { Stylesheet } from "../pages/stylesheet.ts";
import { acceptedCoding, type CompressionConfiguration, compressed } from "./compression.ts";
import { entityTag, isKnownToClient } from "./entity-tag.ts";
import { FOR_EVER } from "./file-response.ts";

/** The pages need nothing but their style sheet, their images and their forms; some also a script that asks the graph. */
const PAGE_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");
const SCRIPT_POLICY = `${PAGE_POLICY}; script-src 'self'; connect-src 'self'`; // connect-src stands last, for more origins

export type PageServing = { stylesheet: Stylesheet; compression: CompressionConfiguration };

/** Minutes for which a cache may keep a page that is the same for everybody. */
const PUBLIC_PAGE = "public, max-age=300";

/** Sends a page. No cache keeps it, unless it is the same for everybody. */
export async function sendPage(
  { stylesheet, compression }: PageServing,
  request: IncomingMessage,
  response: ServerResponse,
  page: Page,
): Promise<void> {
  const { status, language, retryAfterSeconds } = page;
  response.setHeader("content-security-policy", policyOf(page));
  // browsers send no origin with a form of a page without referrer
  response.setHeader("referrer-policy", "same-origin");
  response.setHeader("content-language", language);
  if (retryAfterSeconds !== undefined) response.setHeader("retry-after", String(retryAfterSeconds));
  const text = documentOf(page, stylesheet.name);
  if (page.isPublic && isUnchanged(request, response, text)) return void response.writeHead(304).end();
  await sendText(request, response, { status, type: "text/html; charset=utf-8", text }, compression);
}

function policyOf({ screen, connectsTo }: Page): string {
  if (!screen) return PAGE_POLICY;
  return connectsTo ? `${SCRIPT_POLICY} ${connectsTo}` : SCRIPT_POLICY;
}

/** Sets the headers with which caches keep a page; true if the client has the page already. */
function isUnchanged(request: IncomingMessage, response: ServerResponse, text: string): boolean {
  const tag = entityTag(text);
  response.setHeader("cache-control", PUBLIC_PAGE);
  response.setHeader("etag", tag);
  if (!isKnownToClient(request, tag)) return false;
  response.appendHeader("vary", "Accept-Encoding");
  return true;
}

export function sendStylesheet(
  { stylesheet, compression }: PageServing,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader("cache-control", FOR_EVER);
  const sent = { status: 200, type: "text/css; charset=utf-8", text: stylesheet.content };
  return sendText(request, response, sent, compression);
}

type Sent = { status: number; type: string; text: string };

/** Sends a text, compressed where the client accepts it and the text is long enough. */
export async function sendText(
  request: IncomingMessage,
  response: ServerResponse,
  { status, type, text }: Sent,
  compression: CompressionConfiguration,
): Promise<void> {
  const bytes = Buffer.from(text);
  const coding = acceptedCoding(request.headers["accept-encoding"], bytes.length, compression);
  const body = coding ? await compressed(bytes, coding) : bytes;
  response.appendHeader("vary", "Accept-Encoding");
  if (coding) response.setHeader("content-encoding", coding);
  response.writeHead(status, { "content-type": type, "content-length": body.length });
  response.end(body);
}
