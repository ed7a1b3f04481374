import * as oauth from "oauth4webapi";

/** Reason why a sign-in failed. `detail`: code of the issuer or of the library, message of the gateway, or roles. */
export type SignInFault = {
  kind:
    | "insecure page"
    | "unreachable"
    | "foreign response"
    | "denied"
    | "busy"
    | "stale code"
    | "unverified"
    | "misconfigured"
    | "refused token"
    | "wrong role";
  detail: string;
};

const KINDS: Record<string, SignInFault["kind"]> = {
  access_denied: "denied",
  server_error: "busy",
  temporarily_unavailable: "busy",
  invalid_grant: "stale code",
  [oauth.INVALID_RESPONSE]: "misconfigured",
  [oauth.JWT_CLAIM_COMPARISON]: "unverified",
  [oauth.JWT_TIMESTAMP_CHECK]: "unverified",
};

/** Fault of an error of fetch or of oauth4webapi. The issuer's own words are left out: nobody knows their language or their writer. */
export function signInFault(error: unknown): SignInFault {
  if (isUnreachable(error)) return { kind: "unreachable", detail: "" };
  const code = codeOf(error);
  return { kind: KINDS[code] ?? "misconfigured", detail: code };
}

/** True for a request that no server has answered: the line, the address, CORS, or a timeout. */
function isUnreachable(error: unknown): boolean {
  if (error instanceof DOMException) return error.name === "TimeoutError" || error.name === "AbortError";
  return error instanceof TypeError && !("code" in error);
}

/** Code of an error response (RFC 6749), or of the library; other text is not repeated. */
function codeOf(error: unknown): string {
  if (error instanceof oauth.AuthorizationResponseError || error instanceof oauth.ResponseBodyError) {
    return /^[\w.:-]{1,60}$/.test(error.error) ? error.error : "error";
  }
  const isCoded = error instanceof Error && "code" in error && typeof error.code === "string";
  return isCoded ? String(error.code) : "discovery";
}
