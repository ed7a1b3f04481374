import { createHash } from "node:crypto";

/**
 * Id of a citizen whom a file names by the personal number alone: UUID version 8 of the number (RFC 9562, section 5.8), so that agencies
 * that import their files apart give one person one id.
 */
export function citizenIdOf(personalId: string): string {
  const hex = createHash("sha256").update(`citizen ${personalId}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
