import type { GraphQLFormattedError } from "graphql";
import type { ErrorCode } from "../subgraphs/_shared/serving/errors.ts";
import { NO_PASSED_ERRORS, type PassedErrors } from "./passed-errors.ts";
import { agencyOf } from "./subgraph-names.ts";

/** Codes of errors for clients: those of the contract, and the one that Apollo's clients expect for persisted queries. */
export type PublicCode = ErrorCode | typeof PERSISTED_QUERY_NOT_FOUND;
const PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND";

/** Names of limits in `extensions.limit`. */
export type LimitName =
  | "tokens"
  | "depth"
  | "fields"
  | "aliases"
  | "rootFields"
  | "directives"
  | "comparisons"
  | "cost"
  | "variablesBytes"
  | "nesting"
  | "planningMs"
  | "planningMb"
  | "planningOptions"
  | "plannings"
  | "bodyBytes"
  | "requests"
  | "costBudget";

/** Extension of an error: which limit was exceeded, what it allows and what was asked. */
export type ExceededLimit = { name: LimitName; allowed: number; asked: number };

/** Refusal of a request before its operation is executed. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: PublicCode;
  readonly headers: Record<string, string>;
  /** Further extensions of the error. */
  readonly details: { limit?: ExceededLimit; retryAfterSeconds?: number; reason?: string };

  constructor(
    status: number,
    code: PublicCode,
    message: string,
    headers: Record<string, string> = {},
    details: Refusal["details"] = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.details = details;
  }
}

export function badRequest(message: string, status = 400, headers?: Record<string, string>): Refusal {
  return new Refusal(status, "BAD_USER_INPUT", message, headers);
}

export function payloadTooLarge(message: string, status: number, limit: ExceededLimit): Refusal {
  return new Refusal(status, "BAD_USER_INPUT", message, {}, { limit });
}

export function tooManyRequests(
  message: string,
  retryAfterSeconds: number,
  limit: ExceededLimit,
  moreHeaders: Record<string, string> = {},
): Refusal {
  const headers = { "retry-after": String(retryAfterSeconds), ...moreHeaders };
  return new Refusal(429, "RATE_LIMITED", message, headers, { limit, retryAfterSeconds });
}

/** Apollo's clients send the whole document when they receive this message, code and status. */
export function persistedQueryNotFound(): Refusal {
  return new Refusal(200, PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound");
}

export function invalidToken(reason: string): Refusal {
  return new Refusal(401, "UNAUTHENTICATED", reason, { "www-authenticate": 'Bearer error="invalid_token"' });
}

export function jwksUnavailable(): Refusal {
  return new Refusal(503, "UNAVAILABLE", "The keys of the token issuer cannot be fetched now; try again soon");
}

const PUBLIC_CODES: ReadonlySet<unknown> = new Set<ErrorCode>([
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "NOT_FOUND",
  "BAD_USER_INPUT",
  "CONFLICT",
  "UNAVAILABLE",
  "RATE_LIMITED",
]);

/** Codes of Apollo Server for errors in a client's document. */
const CLIENT_ERROR_CODES: ReadonlySet<unknown> = new Set([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_REQUEST",
  "OPERATION_RESOLUTION_FAILURE",
  "PERSISTED_QUERY_NOT_SUPPORTED",
  PERSISTED_QUERY_NOT_FOUND,
]);

/** Extensions that subgraphs and libraries add for their own developers. */
const INTERNAL_EXTENSIONS = ["http", "stacktrace", "exception", "serviceName", "originalError", "debug"];
const LONGEST_MESSAGE = 1_000;
const MASK = "This part failed inside; the fault is logged under the request id";

/** True for an error that clients must not see; it is logged and masked. */
export function isInternal(
  { extensions }: { extensions?: Record<string, unknown> | undefined },
  passed: PassedErrors = NO_PASSED_ERRORS,
): boolean {
  const code = extensions?.code;
  if (PUBLIC_CODES.has(code) || passed(extensions?.serviceName, code)) return false;
  // A subgraph that rejects the document has received a wrong one from the gateway.
  return !CLIENT_ERROR_CODES.has(code) || extensions?.serviceName !== undefined;
}

/** Error for clients: a code of the contract or one that is let through, the path and the request id, without internal details. */
export function publicError(
  error: GraphQLFormattedError,
  requestId: string,
  passed: PassedErrors = NO_PASSED_ERRORS,
): GraphQLFormattedError {
  const { message, locations, path } = error;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  const { serviceName: service, code: given } = error.extensions ?? {};
  const agency = typeof service === "string" ? { agency: agencyOf(service) } : {};
  if (isInternal(error, passed)) {
    return { message: MASK, ...place, extensions: { code: "INTERNAL", ...agency, requestId } };
  }
  const part = PUBLIC_CODES.has(given) ? undefined : passed(service, given);
  const kept = Object.entries(error.extensions ?? {}).filter(([key]) => !INTERNAL_EXTENSIONS.includes(key));
  if (part === "code") {
    return { message: `This part failed with ${given}`, ...place, extensions: { code: given, ...agency, requestId } };
  }
  if (part === "whole") {
    const extensions = { ...agency, ...Object.fromEntries(kept), code: given, requestId };
    return { message: truncated(message), ...place, extensions };
  }
  const code = CLIENT_ERROR_CODES.has(given) && given !== PERSISTED_QUERY_NOT_FOUND ? "BAD_USER_INPUT" : given;
  return {
    message: truncated(given === code ? message : withoutLiterals(message)),
    ...place,
    extensions: { ...Object.fromEntries(kept), code, requestId },
  };
}

/**
 * Literals in messages of the parser and of validation: `found "…"`, `String "…"`, `cannot represent …: …`, `Value "…"`. A name
 * that the parser did not expect is often a text without its quotes.
 */
const LITERALS: [pattern: RegExp, replacement: string][] = [
  [/^(Syntax Error: [^"]*(?:"[^"]*"[^"]*)?\bName) "\w*"/, "$1"],
  [/\b(Int|Float|String|BlockString) "(?:[^"\\]|\\[\s\S])*"/g, "$1"],
  [/(Expected value of type "[^"]*"), found [\s\S]*$/, "$1, found another value."],
  [/(cannot represent [^:"]*(?: value)?): [\s\S]*$/, "$1."],
  [/^Value "[\s\S]*" does not exist in "([^"]*)" enum\.[\s\S]*$/, 'The value does not exist in the enum "$1".'],
  [/(Invalid (?:number|character|Unicode)[^:"]*): [\s\S]*$/, "$1."],
];

/** A protocol error never repeats values of the request: they may be names and personal numbers. */
export function withoutLiterals(message: string): string {
  return LITERALS.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), message);
}

/** Shortens a message, which may contain names of any length, to its beginning and end, where the problem is stated. */
function truncated(message: string): string {
  return message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, 300)} … ${message.slice(-300)}`;
}
