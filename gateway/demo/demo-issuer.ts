import { SignJWT } from "jose";
import { DEMO_ALGORITHM, demoSigningKey } from "../identity/demo-key.ts";
import type { PersonaClaims } from "./personas.ts";

export const TOKEN_LIFETIME_S = 3_600;

/** Issues the demo's tokens. */
export function demoIssuer(trust: { directory: string; issuer: string; audience: string }) {
  const key = demoSigningKey(trust.directory);
  return (claims: PersonaClaims, now: Date): Promise<string> => {
    const issuedAt = Math.floor(now.getTime() / 1_000);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: DEMO_ALGORITHM, typ: "JWT" })
      .setIssuer(trust.issuer)
      .setAudience(trust.audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + TOKEN_LIFETIME_S)
      .sign(key);
  };
}
