import { GraphQLError } from "graphql";

/** Shared codes of protocol errors, as the contract lists them. Business outcomes are data, never an error. */
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

/** @param scopes alternatives; all permissions of one inner list are needed together */
export function unauthenticated(scopes: string[][]): GraphQLError {
  const message = "Send a bearer token; without one only public information is shown";
  return protocolError("UNAUTHENTICATED", message, scopes.length > 0 ? { scopes } : {});
}

/** @param scopes as for `unauthenticated` */
export function forbidden(scopes: string[][]): GraphQLError {
  return protocolError("FORBIDDEN", `This needs ${eitherOf("permission", scopes)}`, { scopes });
}

/** `the permission a`, `the permissions a and b`, with `or` between the sets. */
export function eitherOf(noun: "permission" | "policy", sets: string[][]): string {
  const plural = noun === "policy" ? "policies" : `${noun}s`;
  return sets.map((set) => `the ${set.length > 1 ? plural : noun} ${set.join(" and ")}`).join(" or ");
}

/** The same error for a thing that does not exist and for one that the caller may not read. */
export function notFound(what: string): GraphQLError {
  return protocolError("NOT_FOUND", `No such ${what}`);
}

export function badUserInput(message: string, argument: string): GraphQLError {
  return protocolError("BAD_USER_INPUT", message, { argument });
}

export function rateLimited(message: string, retryAfterSeconds: number): GraphQLError {
  return protocolError("RATE_LIMITED", message, { retryAfterSeconds });
}

/** The store of attachments does not respond. */
export function storeUnavailable(): GraphQLError {
  const message = "The store of attachments cannot be reached; send the request again later";
  return protocolError("UNAVAILABLE", message, { reason: "ATTACHMENT_STORE" });
}

export function unavailable(agency: string, reason: string): GraphQLError {
  return protocolError("UNAVAILABLE", `${agency} cannot be reached: ${reason}`, { agency });
}
