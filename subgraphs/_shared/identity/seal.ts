import { hash } from "node:crypto";

const BLOCK = 64;
const INNER = 0x36;
const OUTER = 0x5c;
const LINE_END = 0x0a;

/** Body to seal: octets, or a text whose characters are one octet each. */
type Body = Uint8Array | Latin1;
export type Latin1 = { latin1: string };
type Seal = (head: string, body: Body) => string;

const seals = new Map<string, Seal>(); // secrets are few
/** Shared buffer in which the sealed octets are assembled; larger ones get a separate buffer. */
const shared = Buffer.allocUnsafeSlow(16_384);

/**
 * HMAC-SHA-256 (RFC 2104) of a head, a line end and a body, in base64url. The head has characters up to U+00FF, one byte
 * each, and no line end. Two one-shot digests cost half as much as Node's Hmac, which creates a stream for each text.
 */
export function sealWith(secret: string, head: string, body: Body): string {
  let seal = seals.get(secret);
  if (!seal) {
    seal = sealOf(secret);
    seals.set(secret, seal);
  }
  return seal(head, body);
}

function sealOf(secret: string): Seal {
  const key = Buffer.alloc(BLOCK);
  const bytes = Buffer.from(secret);
  (bytes.length > BLOCK ? hash("sha256", bytes, "buffer") : bytes).copy(key);
  const inner = key.map((byte) => byte ^ INNER);
  const outer = Buffer.concat([key.map((byte) => byte ^ OUTER), Buffer.alloc(32)]);
  return (head, body) => {
    const end = BLOCK + head.length + 1;
    const length = end + ("latin1" in body ? body.latin1 : body).length;
    const sealed = length <= shared.length ? shared : Buffer.allocUnsafe(length);
    sealed.set(inner);
    sealed.write(head, BLOCK, "latin1");
    sealed[end - 1] = LINE_END;
    if ("latin1" in body) sealed.write(body.latin1, end, "latin1");
    else sealed.set(body, end);
    outer.write(hash("sha256", sealed.subarray(0, length), "binary"), BLOCK, "latin1");
    return hash("sha256", outer, "base64url");
  };
}
