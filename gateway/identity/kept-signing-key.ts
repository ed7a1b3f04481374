import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Signing key in a separate file, P-256 in PEM, mode 0600; created at the first use and kept, so that tokens survive a restart. */
export function keptSigningKey(path: string): KeyObject {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
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
