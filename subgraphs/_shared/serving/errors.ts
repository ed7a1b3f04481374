import { GraphQLError } from "graphql";

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

/** `scopes`: each inner list names permissions that would do together. */
export function unauthenticated(scopes: string[][]): GraphQLError {
  const message = "Send a bearer token; without one only public information is shown";
  return protocolError("UNAUTHENTICATED", message, scopes.length > 0 ? { scopes } : {});
}

/** `scopes` as of `unauthenticated`. */
export function forbidden(scopes: string[][]): GraphQLError {
  return protocolError("FORBIDDEN", `This needs ${eitherOf("permission", scopes)}`, { scopes });
}

/** `the permission a`, `the permissions a and b`, with `or` between the sets. */
export function eitherOf(noun: "permission" | "policy", sets: string[][]): string {
  const plural = noun === "policy" ? "policies" : `${noun}s`;
  return sets.map((set) => `the ${set.length > 1 ? plural : noun} ${set.join(" and ")}`).join(" or ");
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
