import { randomUUID, timingSafeEqual } from "node:crypto";
import type { Caller } from "./caller.ts";
import { callerText } from "./caller-text.ts";
import { type Nonce, nonceMemory } from "./nonces.ts";
import { type Latin1, sealWith } from "./seal.ts";

export const IDENTITY_HEADER = "x-motcua-identity";
/** Longest validity of a signed identity; receivers refuse a longer one. */
export const MAX_LIFETIME_MS = 30_000;
/** Validity that a sender gives. The rest up to the longest is how far its clock may be ahead of a receiver's. */
const LIFETIME_MS = 20_000;

/** One agency's keys, newest first: the first signs, all verify, so that a rotation overlaps. */
export type IdentityKeys = readonly { id: string; secret: string }[];

type Payload = {
  aud: string;
  iss: string;
  /** Unix time in milliseconds. */
  expiresAt: number;
  nonce: string;
  caller: Caller;
};

export type IdentityFault =
  | "MISSING"
  | "MALFORMED"
  | "UNKNOWN_KEY"
  | "ALTERED"
  | "WRONG_AUDIENCE"
  | "EXPIRED"
  | "REPLAYED";

/** Receiver and sender. */
type Way = { audience: string; issuer: string };
/** Body with the caller on whose behalf it is sent; `now` is Unix time in milliseconds. */
type Signed = { body: string | Buffer | Latin1; caller: Caller; now: number; lifetimeMs?: number };

const VERSION = "v2";

/**
 * Header value that states the caller to one agency, for this body only, valid for `lifetimeMs` or 20 s:
 * `VERSION.KEY.SEAL.PAYLOAD`, the payload as JSON, sealed together with the version, the key's id and the body.
 */
export function signIdentity(keys: IdentityKeys, to: Way & Signed): string {
  return identitySigner(keys, to)(to);
}

/** Signer for repeated use between one sender and one receiver. */
export function identitySigner(keys: IdentityKeys, { audience, issuer }: Way): (signed: Signed) => string {
  const key = keys[0];
  if (!key) throw new Error(`No key to sign for ${audience}`);
  const begin = `{"aud":${JSON.stringify(audience)},"iss":${JSON.stringify(issuer)},"expiresAt":`;
  return ({ body, caller, now, lifetimeMs = LIFETIME_MS }) => {
    // JSON of a Payload
    const payload = `${begin}${now + lifetimeMs},"nonce":"${randomUUID()}","caller":${callerText(caller)}}`;
    return `${VERSION}.${key.id}.${sealOf(key, payload, body)}.${payload}`;
  };
}

function sealOf({ id, secret }: IdentityKeys[number], payload: string, body: Signed["body"]): string {
  return sealWith(secret, `${VERSION}.${id}.${payload}`, typeof body === "string" ? Buffer.from(body) : body);
}

const HEADER = /^(\w+)\.([^.]+)\.([\w-]+)\.(\{.*\})$/;

/** A valid identity, unless its nonce was accepted before. */
export type ReadIdentity = Nonce & { caller: Caller };

/** Verifies signed identities for one audience, and refuses those that this process accepted before. */
export function identityVerifier(keys: IdentityKeys, audience: string) {
  const read = identityReader(keys, audience);
  const nonces = nonceMemory();
  return function verify(header: string | undefined, body: string | Buffer, now: number): Caller | IdentityFault {
    const identity = read(header, body, now);
    if (typeof identity === "string") return identity;
    return nonces.accept(identity, now) ? identity.caller : "REPLAYED";
  };
}

/** Verifies signed identities for one audience except for their nonces. */
export function identityReader(keys: IdentityKeys, audience: string) {
  const secrets = new Map(keys.map((k) => [k.id, k.secret]));

  return function read(header: string | undefined, body: string | Buffer, now: number): ReadIdentity | IdentityFault {
    if (!header) return "MISSING";
    const [, version, id = "", seal = "", text = ""] = HEADER.exec(header) ?? [];
    if (version !== VERSION) return "MALFORMED";
    const secret = secrets.get(id);
    if (secret === undefined) return "UNKNOWN_KEY";
    const expected = Buffer.from(sealOf({ id, secret }, text, body));
    const given = Buffer.from(seal);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return "ALTERED";
    const payload = JSON.parse(text) as Payload; // sealed by us
    if (payload.aud !== audience) return "WRONG_AUDIENCE";
    if (payload.expiresAt < now || payload.expiresAt > now + MAX_LIFETIME_MS) return "EXPIRED";
    return payload;
  };
}
