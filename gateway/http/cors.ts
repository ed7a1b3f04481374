import type { IncomingMessage, ServerResponse } from "node:http";
import { badRequest } from "../errors.ts";

/** Pages of other origins that may use the gateway, and the headers they may send and read. */
export type CorsConfiguration = { origins: ReadonlySet<string>; allowedHeaders: string; exposedHeaders: string };

const PREFLIGHT_SECONDS = 600;

/** True where the response may need CORS headers. */
export function needsCorsHeaders({ headers }: IncomingMessage, { origins }: CorsConfiguration): boolean {
  return origins.size > 0 || headers.origin !== undefined;
}

/**
 * Admits pages of the listed origins and refuses those of any other site, whatever they send: a page must not use the
 * browser of a person behind a firewall to send requests. Programs send no origin and pass.
 * @throws Refusal 403.
 */
export function checkOrigin(
  request: IncomingMessage,
  response: ServerResponse,
  { origins, exposedHeaders }: CorsConfiguration,
): void {
  const { origin } = request.headers;
  if (origins.size > 0) response.setHeader("vary", "Origin");
  if (origin !== undefined && origins.has(origin)) {
    response.setHeader("access-control-allow-origin", origin);
    response.setHeader("access-control-expose-headers", exposedHeaders);
    response.setHeader("cross-origin-resource-policy", "cross-origin");
    return;
  }
  if (isCrossSite(request)) {
    throw badRequest("Requests from pages of other sites are refused; CORS_ORIGINS lists the allowed origins", 403);
  }
}

/** Response to a preflight request. @throws Refusal 403 for an origin that is not listed. */
export function servePreflight(request: IncomingMessage, response: ServerResponse, cors: CorsConfiguration): void {
  checkOrigin(request, response, cors);
  response.setHeader("access-control-allow-methods", "GET, POST");
  response.setHeader("access-control-allow-headers", cors.allowedHeaders);
  response.setHeader("access-control-max-age", String(PREFLIGHT_SECONDS));
  response.writeHead(204).end();
}

/** Newer browsers state the site of a request; for older ones the origin is compared with the host. */
function isCrossSite({ headers }: IncomingMessage): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  if (headers.origin === undefined) return false;
  return !URL.canParse(headers.origin) || new URL(headers.origin).host !== headers.host;
}
