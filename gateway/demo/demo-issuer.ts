import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SignJWT } from "jose";
import type { PersonaClaims } from "./personas.ts";

export const TOKEN_LIFETIME_S = 3_600;
const ALGORITHM = "ES256";

/** Issues the demo's tokens with a key kept in the demo directory, so that a restart leaves them valid. */
export function demoIssuer(trust: { directory: string; issuer: string; audience: string }) {
  const key = demoKey(trust.directory);
  return (claims: PersonaClaims, now: Date): Promise<string> => {
    const issuedAt = Math.floor(now.getTime() / 1_000);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: ALGORITHM, typ: "JWT" })
      .setIssuer(trust.issuer)
      .setAudience(trust.audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + TOKEN_LIFETIME_S)
      .sign(key);
  };
}

/** The key that verifies the demo's tokens, whatever a token says of keys. */
export function demoVerificationKey(directory: string): () => Promise<KeyObject> {
  const key = createPublicKey(demoKey(directory));
  return async () => key;
}

/** The demo's signing key, P-256 in PEM, mode 0600; made at the first use. */
function demoKey(directory: string): KeyObject {
  const path = join(directory, "token-key.pem");
  if (!existsSync(path)) {
    mkdirSync(directory, { recursive: true });
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const draft = `${path}.${process.pid}.draft`;
    writeFileSync(draft, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
    try {
      linkSync(draft, path); // never overwrites: of two that start at once the first wins
    } catch (error) {
      if (!existsSync(path)) throw error;
    }
    unlinkSync(draft);
  }
  return createPrivateKey(readFileSync(path));
}
