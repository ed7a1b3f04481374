import { createRemoteJWKSet, decodeJwt, errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { ClaimPlaces } from "./claim-places.ts";
import { identityOfClaims, type TokenIdentity } from "./claims.ts";

/** An issuer whose tokens are accepted if they name it and one of the audiences. */
export type TrustedIssuer = {
  issuer: string;
  audience: string | readonly string[];
  algorithms: readonly string[];
  /** Places of the claims in its tokens; by default those of this graph's own tokens. */
  claims?: ClaimPlaces | undefined;
};

/** An issuer that publishes its keys as a JWK set. */
export type PublishedIssuer = TrustedIssuer & { jwksUrl: URL };

/** Refusal of a token with its reason, or failure to fetch the issuer's keys. The text repeats no part of the token. */
export class TokenFault extends Error {
  readonly kind: "invalid" | "keys unavailable";

  constructor(kind: TokenFault["kind"], message: string) {
    super(message);
    this.kind = kind;
  }
}

export type VerifiedToken = { identity: TokenIdentity /** Unix time in milliseconds. */; expiresAt: number };

/** Verifies signature, issuer, audience, algorithm and expiry, and reads the claims. `now` is Unix time in milliseconds. */
export type VerifyToken = (token: string, now: number) => Promise<VerifiedToken>;

const CLOCK_TOLERANCE_S = 5;

export function publishedKeys({ jwksUrl }: PublishedIssuer): JWTVerifyGetKey {
  return createRemoteJWKSet(jwksUrl);
}

/**
 * Verifier of the tokens of several issuers. A token is verified only by the keys of the issuer that it names. Two issuers may
 * give different people the same subject, so the subjects of all issuers but the first are prefixed with the issuer.
 * @throws TokenFault
 */
export function tokenVerifier(issuers: readonly (TrustedIssuer & { key: JWTVerifyGetKey })[]): VerifyToken {
  const [first] = issuers;
  if (!first) throw new Error("A verifier of tokens needs an issuer");
  return async (token, now) => {
    const trusted = issuers.length === 1 ? first : namedBy(token, issuers);
    const { issuer, audience, algorithms, key, claims } = trusted;
    const { payload } = await jwtVerify(token, key, {
      issuer,
      audience: typeof audience === "string" ? audience : [...audience],
      algorithms: [...algorithms],
      requiredClaims: ["exp"],
      clockTolerance: CLOCK_TOLERANCE_S,
      currentDate: new Date(now),
    }).catch((error: unknown) => {
      throw faultOf(error);
    });
    const identity = identityOfClaims(payload, claims);
    if ("fault" in identity) throw new TokenFault("invalid", `The token's claims are not valid: ${identity.fault}`);
    const subject = trusted === first ? identity.subject : `${issuer} ${identity.subject}`;
    return { identity: { ...identity, subject }, expiresAt: (payload.exp ?? 0) * 1_000 };
  };
}

function namedBy<Issuer extends TrustedIssuer>(token: string, issuers: readonly Issuer[]): Issuer {
  const named = issuerOf(token);
  const found = issuers.find(({ issuer }) => issuer === named);
  if (!found) throw new TokenFault("invalid", "The token's claim iss does not fit");
  return found;
}

/** Issuer that a token names, before its signature is verified. */
function issuerOf(token: string): unknown {
  try {
    return decodeJwt(token).iss;
  } catch (error) {
    throw faultOf(error);
  }
}

function faultOf(error: unknown): TokenFault {
  const invalid = (reason: string) => new TokenFault("invalid", reason);
  const unavailable = "The keys of the token issuer cannot be fetched now; try again soon";
  if (error instanceof errors.JWTExpired) return invalid("The token has expired; get a new one");
  if (error instanceof errors.JWTClaimValidationFailed) return invalid(`The token's claim ${error.claim} does not fit`);
  if (error instanceof errors.JOSEAlgNotAllowed) return invalid("The token's algorithm is not accepted here");
  if (error instanceof errors.JWSSignatureVerificationFailed) return invalid("The token's signature is wrong");
  if (error instanceof errors.JWKSNoMatchingKey) return invalid("The token is signed with an unknown key");
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return invalid("This is no token");
  if (error instanceof errors.JOSENotSupported) return invalid("The token's algorithm is not accepted here");
  if (error instanceof errors.JWKSMultipleMatchingKeys) return invalid("The token does not say which key signed it");
  return new TokenFault("keys unavailable", unavailable);
}
