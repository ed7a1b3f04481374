import { STATUS_CODES } from "node:http";
import type { GraphQLFormattedError } from "graphql";

/** Problem details of a refused or failed request (RFC 9457), with the code of the graph. */
export type Problem = {
  type: "about:blank";
  title: string;
  status: number;
  detail: string;
  code: string;
  requestId: string;
  [extension: string]: unknown;
};

/** Fault of a part of an answer whose other parts are sent. */
export type PartialFault = { code: string; detail: string; path: (string | number)[]; agency?: string };

const STATUS_OF_CODES: Readonly<Record<string, number>> = {
  BAD_USER_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
};

export function problem(
  status: number,
  code: string,
  detail: string,
  requestId: string,
  extensions: Record<string, unknown> = {},
): Problem {
  return {
    type: "about:blank",
    title: STATUS_CODES[status] ?? "Error",
    status,
    detail,
    code,
    requestId,
    ...extensions,
  };
}

/** Problem of a GraphQL error that leaves nothing to send. */
export function problemOf({ message, extensions = {} }: GraphQLFormattedError, requestId: string): Problem {
  const { code: given, requestId: _, http: __, ...more } = extensions;
  const code = typeof given === "string" ? given : "INTERNAL";
  return problem(STATUS_OF_CODES[code] ?? 500, code, message, requestId, more);
}

/** Fault of a part; its path begins below `data`. */
export function partialFault({ message, path = [], extensions = {} }: GraphQLFormattedError): PartialFault {
  const { code, agency } = extensions;
  return {
    code: typeof code === "string" ? code : "INTERNAL",
    detail: message,
    path: path.slice(1),
    ...(typeof agency === "string" && { agency }),
  };
}
