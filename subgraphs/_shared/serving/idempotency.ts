import { createHash } from "node:crypto";
import { badUserInput } from "./errors.ts";

/** @throws BAD_USER_INPUT unless the key is 1 to 200 printable ASCII characters */
export function demandIdempotencyKey(key: string): void {
  if (isIdempotencyKey(key)) return;
  throw badUserInput("idempotencyKey is 1 to 200 printable ASCII characters", "idempotencyKey");
}

export function isIdempotencyKey(key: string): boolean {
  return /^[\x21-\x7e]{1,200}$/.test(key);
}

/** Digest of a client's input, independent of the order of fields; an absent field equals a null one. */
export function bodyHash(body: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(canonical(body)))
    .digest("base64url");
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value === "string") return value.normalize("NFC");
  if (typeof value !== "object" || value === null) return value ?? null;
  const entries = Object.entries(value).filter(([, v]) => v !== null && v !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, canonical(v)]));
}
