import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { identityVerifier } from "../../subgraphs/_shared/identity/identity.ts";
import { sendJson } from "../../subgraphs/_shared/serving/http.ts";
import { type ForeignWorld, foreignWorld } from "./kit/foreign-world.ts";
import { requestPaths } from "./kit/request-paths.ts";
import { type TokenIssuer, tokenIssuer } from "./kit/token-issuer.ts";

let issuer: TokenIssuer;
beforeAll(async () => {
  issuer = await tokenIssuer();
});
afterAll(() => issuer.close());

let world: ForeignWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

const KEY = "k1:secret-of-stock-0123456789";
const BOTH = "{ item { name left } }";

async function open(environment: Record<string, string>): Promise<ForeignWorld> {
  const { jwksUrl, issuer: iss } = issuer;
  world = await foreignWorld({ JWKS_URL: jwksUrl, JWT_ISSUER: iss, JWT_AUDIENCE: "graph", ...environment });
  return world;
}

const bearer = async (claims: Record<string, unknown> = {}) => ({
  authorization: `Bearer ${await issuer.token({ scope: "price", ...claims })}`,
});
const seenBy = (subgraph: string) => world?.asked.filter((each) => each.subgraph === subgraph).at(-1)?.headers ?? {};
const tokenSeenBy = (subgraph: string) => String(seenBy(subgraph).authorization ?? "").replace(/^Bearer /, "");

function verifyByPublishedKeys(token: string, audience: string) {
  const keys = createRemoteJWKSet(new URL(`${world?.url}/.well-known/jwks.json`));
  return jwtVerify(token, keys, { issuer: "urn:motcua:gateway", audience });
}

describe.each(requestPaths)("%s", (_, pathEnvironment) => {
  test("a foreign subgraph receives no identity and no token by default", async () => {
    const { ask } = await open(pathEnvironment);
    await ask("{ open }", await bearer());
    expect(seenBy("shop")).not.toHaveProperty("authorization");
    expect(seenBy("shop")).not.toHaveProperty("x-motcua-identity");
  });

  test("each subgraph receives the identity that is configured for it", async () => {
    const identities = { SUBGRAPH_IDENTITY: "token", SUBGRAPH_IDENTITY_STOCK: "sealed", IDENTITY_KEYS_STOCK: KEY };
    const { ask, asked } = await open({ ...pathEnvironment, ...identities });
    const headers = await bearer({ role: "clerk", office: "31471" });
    expect(await ask(BOTH, headers)).toMatchObject({ data: { item: { name: "lamp", left: 3 } } });
    expect(seenBy("shop")).toMatchObject(headers);
    expect(seenBy("shop")).not.toHaveProperty("x-motcua-identity");
    expect(seenBy("stock")).not.toHaveProperty("authorization");
    const sealed = asked.find(({ subgraph }) => subgraph === "stock");
    const verify = identityVerifier([{ id: "k1", secret: "secret-of-stock-0123456789" }], "stock");
    const header = String(sealed?.headers["x-motcua-identity"]);
    expect(verify(header, sealed?.body ?? "", Date.now())).toMatchObject({ subject: "u1", role: "clerk" });
  });

  test("a token of the gateway's own states the caller and is verified by the published keys", async () => {
    const { ask, directory } = await open({
      ...pathEnvironment,
      SUBGRAPH_IDENTITY: "jwt",
      SUBGRAPH_AUDIENCE_STOCK: "https://stock",
    });
    await ask(BOTH, await bearer({ role: "clerk", office: "31471", scope: "dossier:read price part:deliver" }));
    const { payload } = await verifyByPublishedKeys(tokenSeenBy("shop"), "shop");
    expect(payload).toMatchObject({ sub: "u1", role: "clerk", scope: "dossier:read price", office: "31471" });
    expect(Number(payload.exp) - Number(payload.iat)).toBe(60);
    await expect(verifyByPublishedKeys(tokenSeenBy("stock"), "stock")).rejects.toThrow("aud");
    await verifyByPublishedKeys(tokenSeenBy("stock"), "https://stock");
    expect(statSync(join(directory, "gateway-jwt-key.pem")).mode & 0o777).toBe(0o600);
    const published = await (await fetch(`${world?.url}/.well-known/jwks.json`)).text();
    expect(published).not.toContain('"d"');
  });

  test("the caller of a token without a role has its scopes and no role in the gateway's own token", async () => {
    const { ask } = await open({ ...pathEnvironment, SUBGRAPH_IDENTITY: "jwt" });
    await ask("{ open }", await bearer({ role: "editor" }));
    const claims = decodeJwt(tokenSeenBy("shop"));
    expect(claims).toMatchObject({ sub: "u1", scope: "price" });
    expect(claims).not.toHaveProperty("role");
  });

  test.each(["jwt", "token", "none"])(
    "a subgraph with the identity %s receives no token of an anonymous caller",
    async (kind) => {
      const { ask } = await open({ ...pathEnvironment, SUBGRAPH_IDENTITY: kind });
      expect(await ask("{ open }")).toMatchObject({ data: { open: "open" } });
      expect(seenBy("shop")).not.toHaveProperty("authorization");
    },
  );

  test.each(["jwt", "token"])("callers that a subgraph tells apart by %s never share a response", async (kind) => {
    const { ask } = await open({ ...pathEnvironment, SUBGRAPH_IDENTITY: kind });
    const target = world as ForeignWorld; // opened above
    target.answer = async ({ headers }, response) => {
      const { sub } = decodeJwt(String(headers.authorization).slice("Bearer ".length));
      await new Promise((resolve) => setTimeout(resolve, 30));
      sendJson(response, 200, { data: { open: sub } }, { "x-reads-recorded": "none" });
    };
    const callers = Array.from({ length: 24 }, (_, n) => `u${n % 3}`);
    const headers = new Map<string, { authorization: string }>();
    for (const sub of new Set(callers)) headers.set(sub, await bearer({ sub }));
    await ask("{ open }", headers.get("u0")); // teaches the gateway that this query records no reads
    const answers = await Promise.all(callers.map((sub) => ask("{ open }", headers.get(sub))));
    expect(answers.map(({ data }) => data?.open)).toEqual(callers);
    expect(target.asked.length).toBeLessThan(25);
  });
});

test.each(["token", "jwt"])("a subscription's stream at the subgraph bears the identity %s", async (kind) => {
  const { url } = await open({ SUBGRAPH_IDENTITY: kind });
  const target = world as ForeignWorld; // opened above
  target.answer = ({ query }, response) => {
    if (!query.startsWith("subscription")) return;
    response.writeHead(200, { "content-type": "text/event-stream" });
    const data = { tick: { __typename: "Item", id: "i1", name: "lamp" } };
    response.end(`event: next\ndata: ${JSON.stringify({ data })}\n\nevent: complete\ndata:\n\n`);
  };
  const given = await bearer();
  const headers = { accept: "text/event-stream", "content-type": "application/json", ...given };
  const body = JSON.stringify({ query: "subscription { tick { name left } }" });
  const text = await (await fetch(`${url}/graphql`, { method: "POST", headers, body })).text();
  expect(text).toContain('{"name":"lamp","left":3}');
  for (const subgraph of ["shop", "stock"]) {
    if (kind === "token") expect(seenBy(subgraph)).toMatchObject(given);
    else await verifyByPublishedKeys(tokenSeenBy(subgraph), subgraph);
  }
});

test.each([
  ["ES256", generateKeyPairSync("ec", { namedCurve: "P-256" })],
  ["ES384", generateKeyPairSync("ec", { namedCurve: "P-384" })],
  ["EdDSA", generateKeyPairSync("ed25519")],
  ["RS256", generateKeyPairSync("rsa", { modulusLength: 2_048 })],
])("the first of the configured keys signs with %s, and all are published", async (alg, { privateKey }) => {
  const directory = mkdtempSync(join(tmpdir(), "motcua-keys-"));
  const { privateKey: old } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const files = [privateKey, old].map((key, n) => {
    const file = join(directory, `${n}.pem`);
    writeFileSync(file, key.export({ type: "pkcs8", format: "pem" }));
    return file;
  });
  const { ask, url } = await open({ SUBGRAPH_IDENTITY: "jwt", GATEWAY_JWT_KEYS: files.join(",") });
  await ask("{ open }", await bearer());
  expect(decodeProtectedHeader(tokenSeenBy("shop"))).toMatchObject({ alg });
  await verifyByPublishedKeys(tokenSeenBy("shop"), "shop");
  const { keys } = (await (await fetch(`${url}/.well-known/jwks.json`)).json()) as { keys: object[] };
  expect(keys).toHaveLength(2);
  rmSync(directory, { recursive: true });
});

describe("keys that cannot be used are named at the start", () => {
  test.each([
    ["is not there", "/nowhere.pem", "/nowhere.pem cannot be read \\(ENOENT\\)"],
    ["is no key", import.meta.filename, "is no private key in PEM"],
  ])("a key file that %s is refused", async (_, file, reason) => {
    await expect(open({ SUBGRAPH_IDENTITY: "jwt", GATEWAY_JWT_KEYS: file })).rejects.toThrow(new RegExp(reason));
  });

  test("a sealed identity without keys is refused", async () => {
    const start = open({ SUBGRAPH_IDENTITY_SHOP: "sealed" });
    await expect(start).rejects.toThrow("IDENTITY_KEYS_SHOP: is required, because its SUBGRAPH_IDENTITY is sealed");
  });

  test("an unknown identity is refused", async () => {
    await expect(open({ SUBGRAPH_IDENTITY_SHOP: "cookie" })).rejects.toThrow("SUBGRAPH_IDENTITY_SHOP: must be sealed");
  });
});

test("a gateway that issues no tokens publishes no keys", async () => {
  const { url } = await open({});
  expect((await fetch(`${url}/.well-known/jwks.json`)).status).toBe(404);
});
