import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Weak entity tag of a representation (RFC 9110, 8.8.3): the same for every content coding of it. */
export function entityTag(content: string | Buffer): string {
  return `W/"${createHash("sha1").update(content).digest("base64url")}"`;
}

/** True if If-None-Match says that the client has this representation (RFC 9110, 13.1.2). */
export function isKnownToClient({ headers }: IncomingMessage, tag: string): boolean {
  const given = headers["if-none-match"];
  if (given === undefined) return false;
  if (given.trim() === "*") return true;
  return [...given.matchAll(/(?:W\/)?("[^"]*")/g)].some(([, opaque]) => `W/${opaque}` === tag);
}
