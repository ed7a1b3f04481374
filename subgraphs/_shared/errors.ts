import { GraphQLError } from "graphql";
import type { Permission } from "./permissions.ts";

/** The shared codes of protocol errors, as the contract lists them. Business outcomes are data, never one of these. */
export type ErrorCode =
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "BAD_USER_INPUT"
  | "CONFLICT"
  | "UNAVAILABLE"
  | "RATE_LIMITED"
  | "INTERNAL";

function protocolError(code: ErrorCode, message: string, more: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...more } });
}

export function unauthenticated(
  reason = "Send a bearer token; without one only public information is shown",
): GraphQLError {
  return protocolError("UNAUTHENTICATED", reason);
}

export function forbidden(permission: Permission): GraphQLError {
  return protocolError("FORBIDDEN", `This needs the permission ${permission}`, { requires: [permission] });
}

/** What does not exist and what the caller may not see are the same. */
export function notFound(what: string): GraphQLError {
  return protocolError("NOT_FOUND", `No such ${what}`);
}

export function badUserInput(message: string, argument: string): GraphQLError {
  return protocolError("BAD_USER_INPUT", message, { argument });
}

export function rateLimited(message: string, retryAfterSeconds: number): GraphQLError {
  return protocolError("RATE_LIMITED", message, { retryAfterSeconds });
}

export function unavailable(agency: string, reason: string): GraphQLError {
  return protocolError("UNAVAILABLE", `${agency} cannot be reached: ${reason}`, { agency });
}
