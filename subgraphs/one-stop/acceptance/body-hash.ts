import { createHash } from "node:crypto";

/**
 * A digest of what a client sent that does not depend on the order of fields, nor on whether a field was left out or null.
 */
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
