import { createServer, type Server } from "node:http";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { gatewayConfiguration } from "../../gateway/configuration.ts";
import { authenticator } from "../../gateway/identity/tokens.ts";
import { closeServer, listen } from "../../subgraphs/_shared/serving/http.ts";
import { type ForeignWorld, foreignWorld } from "./kit/foreign-world.ts";
import { requestPaths } from "./kit/request-paths.ts";

const shop = { issuer: "https://id.shop.example", keys: await generateKeyPair("ES256") };
const bank = { issuer: "https://id.bank.example", keys: await generateKeyPair("ES256") };

const servers: Server[] = [];
const addresses = new Map<string, string>();
beforeAll(async () => {
  for (const { issuer, keys } of [shop, bank]) {
    const jwk = { ...(await exportJWK(keys.publicKey)), kid: issuer, alg: "ES256" };
    const server = createServer((_, response) => void response.end(JSON.stringify({ keys: [jwk] })));
    addresses.set(issuer, `http://127.0.0.1:${await listen(server, 0)}/jwks`);
    servers.push(server);
  }
});
afterAll(() => Promise.all(servers.map((each) => closeServer(each, 0))));

type Claims = Record<string, unknown>;

function token({ issuer, keys }: typeof shop, claims: Claims, audience = "graph"): Promise<string> {
  const jwt = new SignJWT({ sub: "u1", ...claims }).setProtectedHeader({ alg: "ES256", kid: issuer });
  return jwt.setIssuer(issuer).setAudience(audience).setExpirationTime("5m").sign(keys.privateKey);
}

const trusting = (more: Record<string, string> = {}) => ({
  JWKS_URL: addresses.get(shop.issuer) ?? "",
  JWT_ISSUER: shop.issuer,
  JWT_AUDIENCE: "graph",
  ...more,
});

async function caller(given: string, more: Record<string, string> = {}) {
  const { requestId, ...identity } = await authenticator(gatewayConfiguration(trusting(more)).trust)(given, "r");
  return identity;
}

const refusal = (given: string, more: Record<string, string> = {}) =>
  caller(given, more).then(
    () => "accepted",
    (error: Error) => error.message,
  );

const nobody = { role: "authenticated", permissions: [] };

describe("a token of an issuer that knows nothing of this graph's roles", () => {
  test.each<[string, Claims]>([
    ["no role", {}],
    ["a role of its own", { role: "editor" }],
    ["a list of roles of its own", { role: ["editor", "author"] }],
    ["a role that is no text", { role: { name: "clerk" } }],
    ["a role named like an inherited property", { role: "constructor" }],
    ["the role that means no role", { role: "authenticated" }],
  ])("a token with %s is a caller with its scopes", async (_, claims) => {
    const identity = await caller(await token(shop, { ...claims, scope: "price stock" }));
    expect(identity).toEqual({ ...nobody, subject: "u1", otherScopes: ["price", "stock"] });
  });

  test("a caller without a role holds no permission of the registry and has no place in the registers", async () => {
    const claims = { scope: "dossier:read price", office: "31471", province: 7, agency: ["LAND"], personalId: "x" };
    expect(await caller(await token(shop, claims))).toEqual({ ...nobody, subject: "u1", otherScopes: ["price"] });
  });

  test("without the registry every scope of a token counts as it stands", async () => {
    const identity = await caller(await token(shop, { scope: "dossier:read price" }), { SCOPE_REGISTRY: "off" });
    expect(identity).toEqual({ ...nobody, subject: "u1", otherScopes: ["dossier:read", "price"] });
  });

  test.each(["service", "anonymous"])("a token may not name the reserved role %s", async (role) => {
    for (const given of [role, ["editor", role]]) {
      expect(await refusal(await token(shop, { role: given }))).toContain("role must be one of clerk");
    }
  });
});

describe("places of claims are configured by JSON pointers", () => {
  test("a role in a nested list, scopes as text and as lists, and names with slashes are found", async () => {
    const claims = {
      sub: undefined,
      user: { id: "u7" },
      realm_access: { roles: ["offline_access", "clerk"] },
      "https://shop.example/desk~1": [{ code: "31471" }],
      scp: "price stock",
      groups: ["admin", "price"],
    };
    const places = {
      CLAIM_SUBJECT: "/user/id",
      CLAIM_ROLE: "/realm_access/roles",
      CLAIM_OFFICE: "/https:~1~1shop.example~1desk~01/0/code",
      CLAIM_SCOPES: "/scp, /groups, /missing",
    };
    expect(await caller(await token(shop, claims), places)).toEqual({
      ...{ subject: "u7", role: "clerk", permissions: [] },
      ...{ office: "31471", otherScopes: ["price", "stock", "admin"] },
    });
  });

  test("a claim that is configured to be absent is not read", async () => {
    const given = await token(shop, { role: "clerk", scope: "price" });
    expect(await caller(given, { CLAIM_ROLE: "none", CLAIM_SCOPES: "none" })).toEqual({ ...nobody, subject: "u1" });
  });

  test.each<[string, Claims, string]>([
    ["names two roles", { roles: ["clerk", "leader"] }, "/a/roles must be only one of"],
    ["lacks what its role requires", { roles: ["clerk"] }, "office is required of the role clerk"],
    ["has scopes that are no text", { scope: 7 }, "/a/scope must be a list"],
    ["has a list of other things as scopes", { scope: ["a", 7] }, "/a/scope must be a list"],
    ["has scopes without end", { scope: "a".repeat(4_001) }, "/a/scope must have at most"],
  ])("a token that %s is refused with the place of the claim", async (_, a, reason) => {
    const places = { CLAIM_ROLE: "/a/roles", CLAIM_SCOPES: "/a/scope" };
    expect(await refusal(await token(shop, { a }), places)).toContain(reason);
  });

  test.each(["role", "/a~b", "/a~2", "", "#/a"])("the place %j of a claim is refused at the start", (place) => {
    const read = () => gatewayConfiguration(trusting({ CLAIM_ROLE: place }));
    if (place === "")
      expect(read).not.toThrow(); // an empty variable is unset
    else expect(read).toThrow("CLAIM_ROLE: must be a JSON pointer");
  });
});

describe("several issuers", () => {
  const both = (more: object = {}) =>
    trusting({
      JWT_AUDIENCE: "graph, portal",
      MORE_ISSUERS: JSON.stringify([
        { issuer: bank.issuer, audience: ["accounts", "cards"], jwksUrl: addresses.get(bank.issuer), ...more },
      ]),
    });
  const claims = { groups: ["clerk"], role: "clerk", office: "31471", scope: "x" };

  test("each issuer's tokens are verified by its own keys, audiences and places of claims", async () => {
    expect(await caller(await token(shop, claims, "portal"), both())).toMatchObject({ subject: "u1", role: "clerk" });
    const other = both({ claims: { role: "none", scopes: "/groups" } });
    expect(await caller(await token(bank, claims, "cards"), other)).toEqual({
      ...{ ...nobody, subject: `${bank.issuer} u1`, otherScopes: ["clerk"] },
    });
  });

  test.each<[string, () => Promise<string>, string]>([
    ["for another issuer's audience", () => token(bank, claims, "graph"), "claim aud does not fit"],
    ["signed by another issuer's key", () => token({ ...shop, keys: bank.keys }, claims), "signature is wrong"],
    ["of an unknown issuer", () => token({ ...shop, issuer: "https://x.example" }, claims), "claim iss does not fit"],
    ["that is no token", async () => "a.b.c", "This is no token"],
  ])("a token %s is refused where several issuers are trusted", async (_, given, reason) => {
    expect(await refusal(await given(), both())).toContain(reason);
  });

  test("every problem of the further issuers is named", () => {
    const read =
      (value: string, more: Record<string, string> = {}) =>
      () =>
        gatewayConfiguration({ ...trusting(more), MORE_ISSUERS: value });
    expect(read("{")).toThrow("MORE_ISSUERS: must be JSON such as");
    expect(read('[{"issuer": "", "jwksUrl": "ftp://x", "algorithms": ["HS256"], "roles": 1}]')).toThrow(
      /MORE_ISSUERS\.0\.issuer[\s\S]*MORE_ISSUERS\.0\.audience: is required[\s\S]*0\.jwksUrl[\s\S]*0\.algorithms[\s\S]*roles/,
    );
    const plain = '[{"issuer": "a", "audience": "b", "jwksUrl": "http://id.example/"}]';
    expect(read(plain, { NODE_ENV: "production" })).toThrow("MORE_ISSUERS.0.jwksUrl: must be https in production");
    expect(() => gatewayConfiguration({ MORE_ISSUERS: plain })).toThrow("MORE_ISSUERS: is refused without JWKS_URL");
  });
});

describe.each(requestPaths)("a foreign graph on %s", (_, pathEnvironment) => {
  let world: ForeignWorld | undefined;
  afterEach(() => world?.close());

  const query = "{ open known price paid staff }";
  const open = async (more: Record<string, string> = {}) => {
    const POLICIES = '{"paid": {"scopes": [["plan:a", "plan:b"], ["plan:c"]]}, "staff": ["authenticated"]}';
    world = await foreignWorld({ ...pathEnvironment, ...trusting({ POLICIES, ...more }) });
    return world;
  };

  test("a caller without a role of this graph has what its scopes and the policies give", async () => {
    const { ask } = await open();
    const whole = await ask(query, { authorization: `Bearer ${await token(shop, { scope: "price plan:c" })}` });
    expect(whole).toMatchObject({ data: { open: "open", known: "known", price: 5, paid: "paid", staff: "staff" } });
    const part = await ask(query, { authorization: `Bearer ${await token(shop, { scope: "plan:a" })}` });
    expect(part.data).toEqual({ open: "open", known: "known", price: null, paid: null, staff: "staff" });
    expect(part.errors).toMatchObject([
      { path: ["price"], extensions: { code: "FORBIDDEN", scopes: [["price"]] } },
      { path: ["paid"], extensions: { code: "FORBIDDEN", policies: [["paid"]] } },
    ]);
  });

  test("without a token the same fields are denied as unauthenticated", async () => {
    const { ask } = await open();
    const { data, errors } = await ask(query);
    expect(data).toEqual({ open: "open", known: null, price: null, paid: null, staff: null });
    expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(["UNAUTHENTICATED"]));
  });
});
