import { randomBytes } from "node:crypto";

/** Bytes of a secret: Standard Webhooks 1.0.0 demands 24 to 64. */
const SECRET_BYTES = 32;

/** Secret in the serialization of Standard Webhooks. */
export function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
}
