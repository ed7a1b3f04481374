import { createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { calculateJwkThumbprint, type JWK } from "jose";
import { LRUCache } from "lru-cache";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { identityText } from "../../subgraphs/_shared/identity/caller-text.ts";
import { BadConfiguration } from "../../subgraphs/_shared/serving/environment.ts";
import { keptSigningKey } from "./kept-signing-key.ts";

/** Settings of the tokens that the gateway issues for its callers. */
export type CallerTokensConfiguration = {
  issuer: string;
  /** Files of private keys in PEM, newest first: the first signs, all are published. None: one key is generated and kept. */
  keyFiles: readonly string[];
  /** File of the generated key. */
  generatedKeyFile: string;
};

/** Tokens of the gateway's own that state its callers to subgraphs. */
export type CallerTokens = {
  /** A signed token of a caller for one audience, valid for a minute at most and for half a minute at least. */
  tokenOf(caller: Caller, audience: string): string;
  /** Public keys as a JWK set (RFC 7517, section 5). */
  keySet: { keys: readonly JWK[] };
};

const LIFETIME_S = 60;
const REUSED_MS = 30_000;
const MOST_TOKENS = 5_000;

type SigningKey = { key: KeyObject; alg: string; digest: string | null; publicJwk: JWK };

/** @throws BadConfiguration naming every key that cannot be used. */
export async function openCallerTokens(
  { issuer, keyFiles, generatedKeyFile }: CallerTokensConfiguration,
  now: () => number = Date.now,
): Promise<CallerTokens> {
  const keys = keyFiles.length > 0 ? await signingKeys(keyFiles) : [await signingKey(keptSigningKey(generatedKeyFile))];
  const [first] = keys;
  if (!first) throw new Error("The gateway has no key to sign its tokens");
  const signToken = tokenSigner(first, issuer);
  const tokens = new LRUCache<string, { token: string; until: number }>({ max: MOST_TOKENS });
  return {
    keySet: { keys: keys.map(({ publicJwk }) => publicJwk) },
    tokenOf(caller, audience) {
      const key = `${audience}\0${identityText(caller)}`;
      const at = now();
      const known = tokens.get(key);
      if (known && known.until > at) return known.token;
      const token = signToken(caller, audience, Math.floor(at / 1_000));
      tokens.set(key, { token, until: at + REUSED_MS });
      return token;
    },
  };
}

/** Signs without promises, because the headers of a call are written in one turn. */
function tokenSigner({ key, alg, digest, publicJwk }: SigningKey, issuer: string) {
  const header = base64url({ alg, typ: "JWT", kid: publicJwk.kid });
  return (caller: Caller, audience: string, issuedAt: number): string => {
    const claims = { iss: issuer, aud: audience, iat: issuedAt, exp: issuedAt + LIFETIME_S, ...claimsOf(caller) };
    const signed = `${header}.${base64url(claims)}`;
    const signature = sign(digest, Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" });
    return `${signed}.${signature.toString("base64url")}`;
  };
}

/** The claims of a token as they stand in this graph's own tokens. */
function claimsOf({ subject, role, permissions, otherScopes = [], office, province, agency, personalId }: Caller) {
  return {
    sub: subject,
    ...(role !== "authenticated" && { role }),
    scope: [...permissions, ...otherScopes].join(" "),
    ...{ office, province, agency, personalId },
  };
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

async function signingKeys(files: readonly string[]): Promise<SigningKey[]> {
  const faults: string[] = [];
  const keys = await Promise.all(
    files.map((file) =>
      keyOfFile(file).catch((error: Error) => {
        faults.push(`  GATEWAY_JWT_KEYS: ${file} ${error.message}`);
        return undefined;
      }),
    ),
  );
  if (faults.length > 0) throw new BadConfiguration(`The configuration does not work:\n${faults.join("\n")}`);
  return keys.filter((key) => key !== undefined);
}

async function keyOfFile(file: string): Promise<SigningKey> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`cannot be read (${(error as NodeJS.ErrnoException).code})`); // of the file system
  }
  let key: KeyObject;
  try {
    key = createPrivateKey(text);
  } catch {
    throw new Error("is no private key in PEM without a passphrase");
  }
  return signingKey(key);
}

const CURVES: Record<string, [alg: string, digest: string]> = {
  prime256v1: ["ES256", "sha256"],
  secp384r1: ["ES384", "sha384"],
  secp521r1: ["ES512", "sha512"],
};
const LEAST_RSA_BITS = 2_048;

async function signingKey(key: KeyObject): Promise<SigningKey> {
  const [alg, digest] = algorithmOf(key);
  const jwk = createPublicKey(key).export({ format: "jwk" }) as JWK; // of a public key
  const kid = await calculateJwkThumbprint(jwk);
  return { key, alg, digest, publicJwk: { ...jwk, kid, alg, use: "sig" } };
}

function algorithmOf({
  asymmetricKeyType,
  asymmetricKeyDetails = {},
}: KeyObject): [alg: string, digest: string | null] {
  const { namedCurve = "", modulusLength = 0 } = asymmetricKeyDetails;
  if (asymmetricKeyType === "ed25519") return ["EdDSA", null];
  if (asymmetricKeyType === "rsa" && modulusLength >= LEAST_RSA_BITS) return ["RS256", "sha256"];
  const found = asymmetricKeyType === "ec" ? CURVES[namedCurve] : undefined;
  if (!found) throw new Error("must be a key for ES256, ES384, ES512, EdDSA, or RS256 with 2,048 bits");
  return found;
}
