import { LRUCache } from "lru-cache";
import { anonymous, type Caller } from "../../subgraphs/_shared/identity/caller.ts";
import type { TokenIdentity } from "../../subgraphs/_shared/identity/claims.ts";
import {
  publishedKeys,
  TokenFault,
  tokenVerifier,
  type VerifiedToken,
  type VerifyToken,
} from "../../subgraphs/_shared/identity/token-verifier.ts";
import { invalidToken, jwksUnavailable } from "../errors.ts";
import type { CacheSize } from "../observability/metrics.ts";
import { DEMO_ALGORITHM, demoVerificationKey } from "./demo-key.ts";
import type { TokenTrust } from "./token-trust.ts";

const CACHED_MS = 60_000;
const CACHED_TOKENS = 10_000;
/** Estimated size of a cached identity with its token and its sealed text. */
const BYTES_PER_TOKEN = 1_500;

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
  const verify = verifierOf(trust);
  const cache = tokenCache();

  const authenticate = async (token: string | undefined, requestId: string) => {
    if (token === undefined) return anonymous(requestId);
    const at = now();
    const cached = cache.get(token, at);
    if (cached) return callerOf(cached, requestId);
    const { identity, expiresAt } = await verified(verify(token, at));
    cache.add(token, identity, Math.min(expiresAt, at + CACHED_MS));
    return callerOf(identity, requestId);
  };
  return Object.assign(authenticate, { size: cache.size });
}

function verifierOf(trust: Exclude<TokenTrust, { kind: "none" }>): VerifyToken {
  if (trust.kind === "demo") {
    return tokenVerifier([{ ...trust, algorithms: [DEMO_ALGORITHM], key: demoVerificationKey(trust.directory) }]);
  }
  const issuers = [trust, ...(trust.others ?? [])];
  return tokenVerifier(issuers.map((each) => ({ ...each, key: publishedKeys(each) })));
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

async function verified(verification: Promise<VerifiedToken>): Promise<VerifiedToken> {
  try {
    return await verification;
  } catch (error) {
    if (!(error instanceof TokenFault)) throw error;
    throw error.kind === "invalid" ? invalidToken(error.message) : jwksUnavailable();
  }
}

/** Tokens end with their signatures, so the tail identifies a token; hashing it takes a third of the time of the whole text. */
const TAIL_LENGTH = 64;
const tailOf = (token: string) => token.slice(-TAIL_LENGTH);

/** Verified tokens by their tails, compared as a whole; an LRU cache. `now` decides what has expired. */
function tokenCache() {
  const entries = new LRUCache<string, { token: string; identity: TokenIdentity; until: number }>({
    max: CACHED_TOKENS,
  });
  return {
    get(token: string, at: number): TokenIdentity | undefined {
      const found = entries.get(tailOf(token));
      if (found?.token !== token) return undefined;
      if (found.until > at) return found.identity;
      entries.delete(tailOf(token));
      return undefined;
    },
    add(token: string, identity: TokenIdentity, until: number): void {
      entries.set(tailOf(token), { token, identity, until });
    },
    size: () => ({ entries: entries.size, bytes: entries.size * BYTES_PER_TOKEN }),
  };
}
