import { createHmac, timingSafeEqual } from "node:crypto";

/** Header of a signed message: `t=<seconds since 1970>,v1=<HMAC-SHA-256 in hexadecimal digits>`. */
export const SIGNATURE_HEADER = "x-payment-signature";

/** Largest difference between a message's time and the receiver's clock. */
const WINDOW_SECONDS = 300;
const HEADER = /^t=(\d{10}),v1=([0-9a-f]{64})$/;

/** Header for a message: the HMAC covers the second, a dot, and the bytes of the body as they are sent. */
export function signMessage(secret: string, body: Buffer | string, nowMs: number): string {
  const second = String(Math.floor(nowMs / 1_000));
  return `t=${second},v1=${digest(secret, second, body).toString("hex")}`;
}

/** Fault of a message's signature; null if it is genuine and recent. */
export function signatureFault(
  secret: string,
  header: string | string[] | undefined,
  body: Buffer | string,
  nowMs: number,
): "MISSING" | "FORGED" | "OUTSIDE_WINDOW" | null {
  const [, second, given] = (typeof header === "string" && HEADER.exec(header)) || [];
  if (!second || !given) return "MISSING";
  if (!timingSafeEqual(digest(secret, second, body), Buffer.from(given, "hex"))) return "FORGED";
  return Math.abs(nowMs / 1_000 - Number(second)) > WINDOW_SECONDS ? "OUTSIDE_WINDOW" : null;
}

function digest(secret: string, second: string, body: Buffer | string): Buffer {
  return createHmac("sha256", secret).update(`${second}.`).update(body).digest();
}
