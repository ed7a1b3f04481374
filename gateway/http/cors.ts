import type { IncomingMessage, ServerResponse } from "node:http";
import { badRequest } from "../errors.ts";

const ALLOWED_HEADERS = "authorization, content-type, last-event-id, x-request-id";
const EXPOSED_HEADERS = "x-request-id, retry-after";
const PREFLIGHT_SECONDS = 600;

/** Whether the answer may have to say which pages may read it. */
export function needsCorsHeaders({ headers }: IncomingMessage, origins: ReadonlySet<string>): boolean {
  return origins.size > 0 || headers.origin !== undefined;
}

/**
 * Lets pages of the listed origins ask, and refuses those of any other site, whatever they send: a browser must not be made
 * to ask in the name of whoever sits behind a firewall. Programs, which name no origin, are not concerned.
 * @throws Refusal 403.
 */
export function checkOrigin(request: IncomingMessage, response: ServerResponse, origins: ReadonlySet<string>): void {
  const { origin } = request.headers;
  if (origins.size > 0) response.setHeader("vary", "Origin");
  if (origin !== undefined && origins.has(origin)) {
    response.setHeader("access-control-allow-origin", origin);
    response.setHeader("access-control-expose-headers", EXPOSED_HEADERS);
    response.setHeader("cross-origin-resource-policy", "cross-origin");
    return;
  }
  if (isCrossSite(request))
    throw badRequest("Pages of other sites may not ask here; CORS_ORIGINS lists those that may", 403);
}

/** Answers a browser that asks beforehand whether a page of an admitted origin may send its request. */
export function sendPreflight(response: ServerResponse): void {
  response.setHeader("access-control-allow-methods", "GET, POST");
  response.setHeader("access-control-allow-headers", ALLOWED_HEADERS);
  response.setHeader("access-control-max-age", String(PREFLIGHT_SECONDS));
  response.writeHead(204).end();
}

/** Newer browsers say from where a request comes; of older ones the origin is held against the host. */
function isCrossSite({ headers }: IncomingMessage): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  if (headers.origin === undefined) return false;
  return !URL.canParse(headers.origin) || new URL(headers.origin).host !== headers.host;
}
