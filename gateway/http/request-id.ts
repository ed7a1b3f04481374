import { randomFillSync } from "node:crypto";

/** Random bytes are requested in blocks, because each request is expensive. */
const POOL = Buffer.alloc(10 * 1_024);
let used = POOL.length;

/** UUID of version 7 (RFC 9562): the time in milliseconds, then 74 random bits. */
export function newRequestId(now: number = Date.now()): string {
  if (used === POOL.length) {
    randomFillSync(POOL);
    used = 0;
  }
  const random = POOL.toString("hex", used, used + 10);
  const variant = ((POOL[used + 2] ?? 0) & 0b11) + 8; // RFC 9562 sets these two bits to 10
  used += 10;
  const time = now.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant.toString(16)}${random.slice(5, 8)}-${random.slice(8)}`;
}
