import type { IncomingMessage, ServerResponse } from "node:http";
import { badRequest, invalidToken } from "../errors.ts";
import { newRequestId } from "./request-id.ts";

/** Twelve separate digits may be a personal number, and request ids are logged. */
const PERSONAL_NUMBER = /(?:^|[^0-9a-f])\d{12}(?:[^0-9a-f]|$)/i;

type Headed = Pick<IncomingMessage, "headers">;

/** Request id: that of the client if it is well-formed, so that both logs can be correlated; otherwise a new one. */
export function requestIdOf({ headers }: Headed): string {
  const given = headers["x-request-id"];
  return typeof given === "string" && /^[\w.-]{8,64}$/.test(given) && !PERSONAL_NUMBER.test(given)
    ? given
    : newRequestId();
}

/** Headers of every response, as alternating names and values: browsers must not embed, sniff, cache or refer to it. */
const SECURITY_HEADERS = [
  ...["x-content-type-options", "nosniff"],
  ...["x-frame-options", "DENY"],
  ...["referrer-policy", "no-referrer"],
  ...["cross-origin-resource-policy", "same-origin"],
  ...["content-security-policy", "default-src 'none'; frame-ancestors 'none'"],
  ...["cache-control", "no-store"],
];

/** The security headers as lines of a head. */
export const SECURITY_LINES = SECURITY_HEADERS.reduce(
  (lines, each, at) => lines + each + (at % 2 === 0 ? ": " : "\r\n"),
  "",
);

/** Sets the security headers on a response that does not have them yet. */
export function setSecurityHeaders(response: ServerResponse, requestId: string): void {
  if (response.hasHeader("x-request-id")) return; // already set, and some possibly changed since
  const headers: string[] = [];
  appendSecurityHeaders(response, requestId, headers);
  for (let at = 0; at < headers.length; at += 2) response.setHeader(headers[at] ?? "", headers[at + 1] ?? "");
}

/** Appends the security headers to the list for `writeHead`, unless they are set: a third of the cost of setting them. */
export function appendSecurityHeaders(response: ServerResponse, requestId: string, headers: string[]): void {
  if (response.hasHeader("x-request-id")) return;
  headers.push("x-request-id", requestId);
  for (const each of SECURITY_HEADERS) headers.push(each);
}

/**
 * Bearer token of a request, or undefined for an anonymous one.
 * @throws Refusal when Authorization is repeated (two readers could see two callers) or is no bearer token.
 */
export function bearerToken(request: IncomingMessage): string | undefined {
  const given = request.headers.authorization;
  if (given !== undefined && isRepeated(request, "authorization")) {
    throw invalidToken("Authorization comes more than once; send it once");
  }
  return tokenIn(given);
}

/** Bearer token in the only Authorization header of a request. @throws Refusal when it is no bearer token. */
export function tokenIn(given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  const [, token] = /^Bearer +([\w.~+/=-]+)$/i.exec(given) ?? [];
  if (!token) throw invalidToken("Authorization must look like: Bearer TOKEN");
  return token;
}

/** Node keeps only the first value of some headers; `rawHeaders` has all, as alternating names and values. */
function isRepeated({ rawHeaders }: IncomingMessage, name: string): boolean {
  let times = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const each = rawHeaders[at];
    if (each?.length === name.length && each.toLowerCase() === name) times++;
  }
  return times > 1;
}

/** @throws Refusal 415 for a POST whose body is not declared to be JSON. */
export function requireJson({ headers }: Headed): void {
  if (headers["content-type"] === "application/json") return; // the usual value
  const [type, ...parameters] = (headers["content-type"] ?? "").toLowerCase().split(";");
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith("charset="));
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  if (type?.trim() === "application/json" && isUtf8) return;
  throw badRequest("Content-Type must be application/json in UTF-8", 415);
}
