import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import { anonymous, type Caller } from "../../subgraphs/_shared/identity/caller.ts";
import type { TokenTrust } from "../configuration.ts";
import { demoVerificationKey } from "../demo/demo-issuer.ts";
import { invalidToken, jwksUnavailable } from "../errors.ts";
import type { CacheSize } from "../observability/metrics.ts";
import { identityOfClaims, type TokenIdentity } from "./claims.ts";

const REMEMBER_MS = 60_000;
const REMEMBERED = 10_000;
/** What a remembered identity takes, with its token and what agencies are told of it. */
const ABOUT_BYTES = 1_500;
const CLOCK_TOLERANCE_S = 5;
const DEMO_ALGORITHMS = ["ES256"];

export type Authenticate = {
  (token: string | undefined, requestId: string): Promise<Caller>;
  /** Of the tokens that are remembered. */
  size(): CacheSize;
};

/**
 * Turns bearer tokens into callers; no token is the anonymous public. Signature, issuer, audience, algorithm and expiry are
 * checked; a verified token is remembered until it expires, at most a minute. `now` is the machine's time.
 * @throws Refusal UNAUTHENTICATED with a reason; UNAVAILABLE when the issuer's keys cannot be fetched.
 */
export function authenticator(trust: TokenTrust, now: () => number = Date.now): Authenticate {
  if (trust.kind === "nobody") {
    const nobody = async (token: string | undefined, requestId: string) => {
      if (token === undefined) return anonymous(requestId);
      throw invalidToken(
        "This gateway trusts no issuer of tokens (JWKS_URL is not set); only anonymous requests are served",
      );
    };
    return Object.assign(nobody, { size: () => ({ entries: 0, bytes: 0 }) });
  }
  const key: JWTVerifyGetKey =
    trust.kind === "demo" ? demoVerificationKey(trust.directory) : createRemoteJWKSet(trust.jwksUrl);
  const algorithms = trust.kind === "demo" ? DEMO_ALGORITHMS : [...trust.algorithms];
  const known = rememberedTokens();

  const authenticate = async (token: string | undefined, requestId: string) => {
    if (token === undefined) return anonymous(requestId);
    const at = now();
    const found = known.get(token, at);
    if (found) return callerOf(found, requestId);
    const { issuer, audience } = trust;
    const options = { issuer, audience, algorithms, requiredClaims: ["exp"], clockTolerance: CLOCK_TOLERANCE_S };
    const { payload } = await verified(jwtVerify(token, key, { ...options, currentDate: new Date(at) }));
    const identity = identityOfClaims(payload);
    if ("fault" in identity) throw invalidToken(`The token's claims do not do: ${identity.fault}`);
    known.add(token, identity, Math.min((payload.exp ?? 0) * 1_000, at + REMEMBER_MS));
    return callerOf(identity, requestId);
  };
  return Object.assign(authenticate, { size: known.size });
}

/** Field by field: a spread costs ten times as much, and gives every second caller another shape. */
function callerOf(identity: TokenIdentity, requestId: string): Caller {
  const { subject, role, permissions, otherScopes, office, province, agency, personalId } = identity;
  return { subject, role, permissions, otherScopes, office, province, agency, personalId, requestId };
}

async function verified<T>(verification: Promise<T>): Promise<T> {
  try {
    return await verification;
  } catch (error) {
    throw refusalFor(error);
  }
}

/** What is wrong with a token, without repeating any of it. */
function refusalFor(error: unknown): Error {
  if (error instanceof errors.JWTExpired) return invalidToken("The token has expired; get a new one");
  if (error instanceof errors.JWTClaimValidationFailed)
    return invalidToken(`The token's claim ${error.claim} does not fit`);
  if (error instanceof errors.JOSEAlgNotAllowed) return invalidToken("The token's algorithm is not accepted here");
  if (error instanceof errors.JWSSignatureVerificationFailed) return invalidToken("The token's signature is wrong");
  if (error instanceof errors.JWKSNoMatchingKey) return invalidToken("The token is signed with an unknown key");
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return invalidToken("This is no token");
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return jwksUnavailable();
  if (error instanceof errors.JOSENotSupported) return invalidToken("The token's algorithm is not accepted here");
  if (error instanceof errors.JWKSMultipleMatchingKeys)
    return invalidToken("The token does not say which key signed it");
  return jwksUnavailable();
}

/** Tokens end with their signatures. So much of one tells it apart; it is found in a third of the time that all of its text takes. */
const TAIL_LENGTH = 64;
const tailOf = (token: string) => token.slice(-TAIL_LENGTH);

/** Verified tokens, found by how they end and compared as a whole. The oldest goes when there are too many. */
function rememberedTokens() {
  const known = new Map<string, { token: string; identity: TokenIdentity; until: number }>();
  return {
    get(token: string, at: number): TokenIdentity | undefined {
      const found = known.get(tailOf(token));
      if (!found || found.token !== token) return undefined;
      if (found.until > at) return found.identity;
      known.delete(tailOf(token));
      return undefined;
    },
    add(token: string, identity: TokenIdentity, until: number): void {
      if (known.size >= REMEMBERED) known.delete(known.keys().next().value ?? "");
      known.set(tailOf(token), { token, identity, until });
    },
    size: () => ({ entries: known.size, bytes: known.size * ABOUT_BYTES }),
  };
}
