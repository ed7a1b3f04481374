import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { callerText } from "../../subgraphs/_shared/identity/caller-text.ts";
import { identityVerifier } from "../../subgraphs/_shared/identity/identity.ts";
import { sealWith } from "../../subgraphs/_shared/identity/seal.ts";
import { identityKeys } from "../../subgraphs/_shared/serving/environment.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

const PROTOCOL = projectPath("subgraphs", "_shared", "identity", "PROTOCOL.md");
/** `PROTOCOL_VECTORS=write npm test -- protocol-vectors` writes the vectors of the present code into the document. */
const WRITES = process.env.PROTOCOL_VECTORS === "write";

const KEYS =
  "k2:0123456789abcdef0123456789abcdef,k1:the-secret-before-the-rotation,long:a-secret-longer-than-one-block-of-SHA-256-which-is-hashed-before-it-becomes-the-HMAC-key";
const [current, former, long] = identityKeys.parse(KEYS);
const AUDIENCE = "land";
const NOW = 1_795_000_000_000;
const ASCII_BODY = `{"query":"{ _service { sdl } }","variables":{}}`;
const UTF8_BODY = `{"query":"query ($n: String!) { find(name: $n) { id } }","variables":{"n":"Nguyễn Thị Ánh"}}`;

const anonymous: Caller = { subject: "anonymous", role: "anonymous", permissions: [], requestId: "r-1" };
const complete: Required<Caller> = {
  subject: "cán-bộ-🏠",
  role: "clerk",
  permissions: ["citizen:read", "land:read"],
  otherScopes: ["openid"],
  office: "31471",
  province: "92",
  agency: "ONE_STOP",
  personalId: "093195000017",
  requestId: "r-2",
  purpose: "H13.152-261124-0001",
  onBehalfOf: "user-7",
};

type Case = { name: string; header: string; body: string; verified: "ACCEPTED" | string; sealed?: string };
type Given = { caller?: Caller; body?: string; key?: typeof current; aud?: string; validMs?: number; nonce?: string };

/** The header of one identity, its nonce and clock given, by the functions that sign in the product. */
function signed({ caller = anonymous, body = ASCII_BODY, key = current, ...payload }: Given): [string, string] {
  if (!key) throw new Error("KEYS holds three keys");
  const { aud = AUDIENCE, validMs = 20_000, nonce } = payload;
  const head = JSON.stringify({ aud, iss: "gateway", expiresAt: NOW + validMs, nonce }).slice(0, -1);
  const text = `${head},"caller":${callerText(caller)}}`;
  const seal = sealWith(key.secret, `v2.${key.id}.${text}`, Buffer.from(body));
  return [`v2.${key.id}.${seal}.${text}`, Buffer.from(`v2.${key.id}.${text}\n${body}`).toString("hex")];
}

function cases(): Case[] {
  const nonce = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
  const [plain, sealed] = signed({ nonce: nonce(1) });
  const [full] = signed({ nonce: nonce(2), caller: complete, body: UTF8_BODY });
  const [altered] = signed({ nonce: nonce(6) });
  const good = (name: string, given: Given): Case => ({
    name,
    header: signed(given)[0],
    body: ASCII_BODY,
    verified: "ACCEPTED",
  });
  const bad = (name: string, verified: string, header: string, body = ASCII_BODY): Case => ({
    name,
    header,
    body,
    verified,
  });
  return [
    { name: "anonymous caller", header: plain, body: ASCII_BODY, verified: "ACCEPTED", sealed },
    {
      name: "caller with every field, characters outside ASCII, body in UTF-8",
      header: full,
      body: UTF8_BODY,
      verified: "ACCEPTED",
    },
    good("key from before the rotation", { nonce: nonce(3), key: former }),
    good("secret longer than one block", { nonce: nonce(4), key: long }),
    good("last millisecond of validity", { nonce: nonce(5), validMs: 0 }),
    good("longest validity", { nonce: nonce(7), validMs: 30_000 }),
    bad("the same identity again", "REPLAYED", plain),
    bad("no identity", "MISSING", ""),
    bad("another version", "MALFORMED", altered.replace("v2.", "v1.")),
    bad("a key that the receiver does not have", "UNKNOWN_KEY", altered.replace("v2.k2.", "v2.k3.")),
    bad("another body", "ALTERED", altered, UTF8_BODY),
    bad("another payload", "ALTERED", altered.replace("anonymous", "clerk")),
    bad("a shortened seal", "ALTERED", altered.replace(/^(v2\.k2\.[\w-]{40})[\w-]+/, "$1")),
    bad("another audience", "WRONG_AUDIENCE", signed({ nonce: nonce(8), aud: "residence" })[0]),
    bad("expired by a millisecond", "EXPIRED", signed({ nonce: nonce(9), validMs: -1 })[0]),
    bad("valid for a millisecond too long", "EXPIRED", signed({ nonce: nonce(10), validMs: 30_001 })[0]),
    { name: "accepted: a refused identity uses up no nonce", header: altered, body: ASCII_BODY, verified: "ACCEPTED" },
  ];
}

const BLOCK = /(<!-- vectors -->\n```json\n)([\s\S]*?)(\n```\n<!-- \/vectors -->)/;

test("the identity protocol's test vectors are those of the product's code", () => {
  const generated = JSON.stringify({ keys: KEYS, audience: AUDIENCE, now: NOW, cases: cases() }, null, 2);
  const text = readFileSync(PROTOCOL, "utf8");
  if (WRITES)
    writeFileSync(
      PROTOCOL,
      text.replace(BLOCK, (_, before, __, after) => `${before}${generated}${after}`),
    );
  expect(BLOCK.exec(WRITES ? readFileSync(PROTOCOL, "utf8") : text)?.[2]).toBe(generated);
});

test("the product's verifier gives each test vector of the document the result it states", () => {
  const document = JSON.parse(BLOCK.exec(readFileSync(PROTOCOL, "utf8"))?.[2] ?? "{}") as {
    keys: string;
    audience: string;
    now: number;
    cases: Case[];
  };
  const verify = identityVerifier(identityKeys.parse(document.keys), document.audience);
  const results = document.cases.map(({ name, header, body }) => {
    const result = verify(header || undefined, body, document.now);
    return [name, typeof result === "string" ? result : "ACCEPTED"];
  });
  expect(results).toEqual(document.cases.map(({ name, verified }) => [name, verified]));
  expect(results.length).toBeGreaterThan(10);
});

test("the identity protocol's table of a caller lists every field of the code, and no other", () => {
  const text = readFileSync(PROTOCOL, "utf8");
  const table = text.slice(text.indexOf("The fields of `caller`"), text.indexOf("A receiver MUST ignore fields"));
  const fields = [...table.matchAll(/^\| `(\w+)(\??)` \|/gm)].map(([, name]) => name);
  expect(fields).toEqual(Object.keys(complete));
});
