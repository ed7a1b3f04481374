import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import { anonymous, type Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { invalidToken, jwksUnavailable } from "../errors.ts";
import type { CacheSize } from "../observability/metrics.ts";
import { identityOfClaims, type TokenIdentity } from "./claims.ts";
import { DEMO_ALGORITHM, demoVerificationKey } from "./demo-key.ts";
import type { TokenTrust } from "./token-trust.ts";

const CACHED_MS = 60_000;
const CACHED_TOKENS = 10_000;
/** Estimated size of a cached identity with its token and its sealed text. */
const BYTES_PER_TOKEN = 1_500;
const CLOCK_TOLERANCE_S = 5;

export type Authenticate = {
  (token: string | undefined, requestId: string): Promise<Caller>;
  /** Size of the cache of verified tokens. */
  size(): CacheSize;
};

/**
 * Turns bearer tokens into callers; without a token the caller is anonymous. Signature, issuer, audience, algorithm and
 * expiry are verified; a verified token is cached until it expires, at most a minute. `now` is the machine's time.
 * @throws Refusal UNAUTHENTICATED with a reason; UNAVAILABLE when the issuer's keys cannot be fetched.
 */
export function authenticator(trust: TokenTrust, now: () => number = Date.now): Authenticate {
  if (trust.kind === "none") return anonymousOnly();
  const key: JWTVerifyGetKey =
    trust.kind === "demo" ? demoVerificationKey(trust.directory) : createRemoteJWKSet(trust.jwksUrl);
  const algorithms = trust.kind === "demo" ? [DEMO_ALGORITHM] : [...trust.algorithms];
  const cache = tokenCache();

  const authenticate = async (token: string | undefined, requestId: string) => {
    if (token === undefined) return anonymous(requestId);
    const at = now();
    const cached = cache.get(token, at);
    if (cached) return callerOf(cached, requestId);
    const { issuer, audience } = trust;
    const options = { issuer, audience, algorithms, requiredClaims: ["exp"], clockTolerance: CLOCK_TOLERANCE_S };
    const { payload } = await verified(jwtVerify(token, key, { ...options, currentDate: new Date(at) }));
    const identity = identityOfClaims(payload);
    if ("fault" in identity) throw invalidToken(`The token's claims are not valid: ${identity.fault}`);
    cache.add(token, identity, Math.min((payload.exp ?? 0) * 1_000, at + CACHED_MS));
    return callerOf(identity, requestId);
  };
  return Object.assign(authenticate, { size: cache.size });
}

function anonymousOnly(): Authenticate {
  const authenticate = async (token: string | undefined, requestId: string) => {
    if (token === undefined) return anonymous(requestId);
    throw invalidToken(
      "This gateway trusts no issuer of tokens (JWKS_URL is not set); only anonymous requests are served",
    );
  };
  return Object.assign(authenticate, { size: () => ({ entries: 0, bytes: 0 }) });
}

/** Copies field by field: a spread costs ten times as much and gives callers different hidden classes. */
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

/** Refusal that names the problem of a token without repeating any part of it. */
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

/** Tokens end with their signatures, so the tail identifies a token; hashing it takes a third of the time of the whole text. */
const TAIL_LENGTH = 64;
const tailOf = (token: string) => token.slice(-TAIL_LENGTH);

/** Verified tokens by their tails, compared as a whole. The oldest entry is evicted when the cache is full. */
function tokenCache() {
  const entries = new Map<string, { token: string; identity: TokenIdentity; until: number }>();
  return {
    get(token: string, at: number): TokenIdentity | undefined {
      const found = entries.get(tailOf(token));
      if (!found || found.token !== token) return undefined;
      if (found.until > at) return found.identity;
      entries.delete(tailOf(token));
      return undefined;
    },
    add(token: string, identity: TokenIdentity, until: number): void {
      if (entries.size >= CACHED_TOKENS) entries.delete(entries.keys().next().value ?? "");
      entries.set(tailOf(token), { token, identity, until });
    },
    size: () => ({ entries: entries.size, bytes: entries.size * BYTES_PER_TOKEN }),
  };
}
