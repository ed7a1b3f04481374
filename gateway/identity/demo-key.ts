import { createPublicKey, type KeyObject } from "node:crypto";
import { join } from "node:path";
import { keptSigningKey } from "./kept-signing-key.ts";

/** Signature algorithm of the demo's tokens. */
export const DEMO_ALGORITHM = "ES256";

/** Key that verifies the demo's tokens, whichever key a token names. */
export function demoVerificationKey(directory: string): () => Promise<KeyObject> {
  const key = createPublicKey(demoSigningKey(directory));
  return async () => key;
}

/** Signing key of the demo's tokens. */
export function demoSigningKey(directory: string): KeyObject {
  return keptSigningKey(join(directory, "token-key.pem"));
}
