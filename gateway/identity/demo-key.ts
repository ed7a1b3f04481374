import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Signature algorithm of the demo's tokens. */
export const DEMO_ALGORITHM = "ES256";

/** Key that verifies the demo's tokens, whichever key a token names. */
export function demoVerificationKey(directory: string): () => Promise<KeyObject> {
  const key = createPublicKey(demoSigningKey(directory));
  return async () => key;
}

/** Signing key of the demo, P-256 in PEM, mode 0600; created at the first use and kept, so that tokens survive a restart. */
export function demoSigningKey(directory: string): KeyObject {
  const path = join(directory, "token-key.pem");
  if (!existsSync(path)) {
    mkdirSync(directory, { recursive: true });
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const draft = `${path}.${process.pid}.draft`;
    writeFileSync(draft, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
    try {
      linkSync(draft, path); // never overwrites: of two concurrent processes the first wins
    } catch (error) {
      if (!existsSync(path)) throw error;
    }
    unlinkSync(draft);
  }
  return createPrivateKey(readFileSync(path));
}
