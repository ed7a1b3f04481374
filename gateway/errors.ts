import type { GraphQLFormattedError } from "graphql";
import type { ErrorCode } from "../subgraphs/_shared/serving/errors.ts";
import type { ExceededLimit } from "./pipeline/limits/limit-error.ts";
import { agencyOf } from "./subgraph-client/subgraph-names.ts";

/** The codes of errors as clients meet them: the contract's, and the one that Apollo's clients wait for. */
export type PublicCode = ErrorCode | typeof PERSISTED_QUERY_NOT_FOUND;
const PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND";

/** A request that the gateway refuses before GraphQL has begun. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: PublicCode;
  readonly headers: Record<string, string>;
  /** What stands beside the code in the error's extensions. */
  readonly details: { limit?: ExceededLimit; retryAfterSeconds?: number };

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

export function tooManyRequests(message: string, retryAfterSeconds: number, limit: ExceededLimit): Refusal {
  const headers = { "retry-after": String(retryAfterSeconds) };
  return new Refusal(429, "RATE_LIMITED", message, headers, { limit, retryAfterSeconds });
}

/** Message, code and status are what makes a client of Apollo's send the whole document. */
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

/** How Apollo Server calls the faults of a client's own document. */
const CLIENT_ERROR_CODES: ReadonlySet<unknown> = new Set([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_REQUEST",
  "OPERATION_RESOLUTION_FAILURE",
  "PERSISTED_QUERY_NOT_SUPPORTED",
  PERSISTED_QUERY_NOT_FOUND,
]);

/** What subgraphs and libraries put beside an error for their own developers. */
const INTERNAL_EXTENSIONS = ["http", "stacktrace", "exception", "serviceName", "originalError", "debug"];
const LONGEST_MESSAGE = 1_000;
const MASK = "This part failed inside; the fault is logged under the request id";

/** Whether an error says more than clients may know; such a one is logged and leaves masked. */
export function isInternal({ extensions }: { extensions?: Record<string, unknown> | undefined }): boolean {
  const code = extensions?.code;
  if (PUBLIC_CODES.has(code)) return false;
  // A subgraph that faults the document has been sent a wrong one by us.
  return !CLIENT_ERROR_CODES.has(code) || extensions?.serviceName !== undefined;
}

/** An error as it leaves: one of the contract's codes, the path, the request id, nothing of the inside. */
export function publicError(error: GraphQLFormattedError, requestId: string): GraphQLFormattedError {
  const { message, locations, path } = error;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  if (isInternal(error)) {
    const service = error.extensions?.serviceName;
    const agency = typeof service === "string" ? { agency: agencyOf(service) } : {};
    return { message: MASK, ...place, extensions: { code: "INTERNAL", ...agency, requestId } };
  }
  const kept = Object.entries(error.extensions ?? {}).filter(([key]) => !INTERNAL_EXTENSIONS.includes(key));
  const given = error.extensions?.code;
  const code = CLIENT_ERROR_CODES.has(given) && given !== PERSISTED_QUERY_NOT_FOUND ? "BAD_USER_INPUT" : given;
  return { message: truncated(message), ...place, extensions: { ...Object.fromEntries(kept), code, requestId } };
}

/** GraphQL repeats a wrong variable whole in each of its errors: beginning and end tell which one it was and why. */
function truncated(message: string): string {
  return message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, 300)} … ${message.slice(-300)}`;
}
