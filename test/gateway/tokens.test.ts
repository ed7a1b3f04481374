import { createServer, type Server } from "node:http";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { authenticator } from "../../gateway/identity/tokens.ts";
import { listen } from "../../subgraphs/_shared/serving/http.ts";
import { gatewayWorld, type World } from "./kit/gateway-world.ts";

const issuer = "https://issuer.example";
const audience = "motcua";
const clerk = { sub: "u1", role: "clerk", scope: "dossier:read part:deliver nonsense", office: "31471" };

const keys = await generateKeyPair("ES256");
const others = await generateKeyPair("ES256");
const publicJwk = { ...(await exportJWK(keys.publicKey)), kid: "k1", alg: "ES256" };

let server: Server;
let fetches = 0;
let jwksUrl: URL;
beforeAll(async () => {
  server = createServer((_, response) => {
    fetches += 1;
    response.end(JSON.stringify({ keys: [publicJwk] }));
  });
  jwksUrl = new URL(`http://127.0.0.1:${await listen(server, 0)}/jwks`);
});
afterAll(() => server.close());

type Signing = {
  claims?: object;
  iss?: string;
  aud?: string;
  exp?: string | number | null;
  key?: typeof keys.privateKey;
};

async function signed({ claims = clerk, iss = issuer, aud = audience, exp = "1h", key = keys.privateKey }: Signing) {
  const jwt = new SignJWT({ ...claims })
    .setProtectedHeader({ alg: "ES256", kid: "k1" })
    .setIssuer(iss)
    .setAudience(aud);
  if (exp !== null) jwt.setExpirationTime(exp);
  return jwt.sign(key);
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const claimsPart = part({ ...clerk, iss: issuer, aud: audience, exp: 4_000_000_000 });

function authenticate(token: string | undefined, now?: () => number) {
  const trust = { kind: "published", jwksUrl, algorithms: ["ES256", "RS256", "EdDSA"], issuer, audience } as const;
  return authenticator(trust, now)(token, "request-1");
}

const refusal = (token: string) =>
  authenticate(token).then(
    () => "accepted",
    (error: Error) => error.message,
  );

describe("a token", () => {
  test("a token gives its caller the permissions that the role may hold and, apart from them, the scopes of other graphs", async () => {
    const caller = await authenticate(await signed({}));
    const scopes = { permissions: ["dossier:read"], otherScopes: ["nonsense"] };
    expect(caller).toEqual({ subject: "u1", role: "clerk", ...scopes, office: "31471", requestId: "request-1" });
  });

  test("a request without a token comes from the anonymous public", async () => {
    expect(await authenticate(undefined)).toMatchObject({ role: "anonymous", permissions: [] });
  });

  test("a token is verified once a minute and never accepted after it expires", async () => {
    let now = Date.now();
    const trust = { kind: "published", jwksUrl, algorithms: ["ES256"], issuer, audience } as const;
    const verify = authenticator(trust, () => now);
    const token = await signed({ exp: Math.floor(now / 1_000) + 30 });
    const before = fetches;
    await verify(token, "a");
    expect(await verify(token, "request-2")).toMatchObject({ subject: "u1", requestId: "request-2" });
    expect(fetches).toBe(before + 1);
    now += 40_000;
    await expect(verify(token, "c")).rejects.toThrow("expired");
  });

  test("a token is not mistaken for a verified one with the same ending", async () => {
    const trust = { kind: "published", jwksUrl, algorithms: ["ES256"], issuer, audience } as const;
    const verify = authenticator(trust);
    const token = await signed({});
    expect(await verify(token, "request-1")).toMatchObject({ role: "clerk" });
    const [head = "", , signature = ""] = token.split(".");
    await expect(verify(`${head}.${claimsPart}.${signature}`, "request-2")).rejects.toThrow("signature");
    expect(await verify(token, "request-3")).toMatchObject({ role: "clerk" });
  });

  test("a token whose issuer's keys cannot be fetched is neither accepted nor called invalid", async () => {
    const trust = {
      kind: "published",
      jwksUrl: new URL("http://127.0.0.1:1/"),
      algorithms: ["ES256"],
      issuer,
      audience,
    } as const;
    await expect(authenticator(trust)(await signed({}), "a")).rejects.toMatchObject({
      code: "UNAVAILABLE",
      status: 503,
    });
  });
});

describe("a token is refused that", () => {
  test.each<[string, () => string | Promise<string>, string]>([
    ["is no token", () => "abc", "This is no token"],
    ["is signed by nobody (alg none)", () => `${part({ alg: "none" })}.${claimsPart}.`, "algorithm is not accepted"],
    ["uses the public key as a shared secret", () => confusedToken(), "algorithm is not accepted"],
    ["is signed by another key", () => signed({ key: others.privateKey }), "signature is wrong"],
    ["was altered", async () => (await signed({})).replace(/\.[^.]+\./, `.${claimsPart}.`), "signature is wrong"],
    ["is another issuer's", () => signed({ iss: "https://other.example" }), "claim iss does not fit"],
    ["is meant for another audience", () => signed({ aud: "other" }), "claim aud does not fit"],
    ["never expires", () => signed({ exp: null }), "claim exp does not fit"],
    ["has expired", () => signed({ exp: "-1m" }), "has expired"],
    ["claims to be a service", () => signed({ claims: { ...clerk, role: "service" } }), "role must be one of"],
    ["claims to be nobody", () => signed({ claims: { ...clerk, role: "anonymous" } }), "role must be one of"],

    ["has no subject", () => signed({ claims: { ...clerk, sub: "" } }), "sub"],
    ["is a clerk's without an office", () => signed({ claims: { ...clerk, office: undefined } }), "office is required"],
    ["has an office of four digits", () => signed({ claims: { ...clerk, office: "3147" } }), "office must be 5 digits"],
    [
      "is a portal's without a province",
      () => signed({ claims: { ...clerk, role: "portal" } }),
      "province is required",
    ],
    [
      "is a citizen's without a number",
      () => signed({ claims: { ...clerk, role: "citizen" } }),
      "personalId is required",
    ],
    [
      "is an officer's of another agency",
      () => signed({ claims: { ...clerk, role: "registrar", agency: "LAND" } }),
      "agency must be CIVIL_STATUS",
    ],
  ])("a token that %s is refused", async (_, token, reason) => {
    expect(await refusal(await token())).toContain(reason);
  });
});

async function confusedToken(): Promise<string> {
  const secret = new TextEncoder().encode(JSON.stringify(publicJwk));
  const jwt = new SignJWT({ ...clerk }).setProtectedHeader({ alg: "HS256", kid: "k1" });
  return jwt.setIssuer(issuer).setAudience(audience).setExpirationTime("1h").sign(secret);
}

describe("over HTTP", () => {
  let world: World;
  beforeAll(async () => {
    world = await gatewayWorld();
  });
  afterAll(() => world.close());

  test("an invalid token over HTTP is 401 with a typed error, and no agency is asked", async () => {
    const { attempts } = world.oneStop;
    const { status, errors, headers } = await world.ask("{ whoAmI }", {}, { authorization: "Bearer abc" });
    const requestId = headers.get("x-request-id");
    expect(status).toBe(401);
    expect(errors).toEqual([{ message: "This is no token", extensions: { code: "UNAUTHENTICATED", requestId } }]);
    expect(headers.get("www-authenticate")).toContain("Bearer");
    expect(world.oneStop.attempts).toBe(attempts);
  });

  test("another scheme than Bearer is refused over HTTP and not treated as anonymous", async () => {
    const { status } = await world.ask("{ whoAmI }", {}, { authorization: "Basic YTpi" });
    expect(status).toBe(401);
  });

  test("without a token the public is served over HTTP, and a protected field is UNAUTHENTICATED", async () => {
    const { data, errors, status } = await world.ask("{ whoAmI forbidden }");
    expect({ data, status }).toEqual({ data: { whoAmI: "anonymous", forbidden: null }, status: 200 });
    expect(errors).toMatchObject([{ path: ["forbidden"], extensions: { code: "UNAUTHENTICATED" } }]);
  });

  test("a token without the permission gives FORBIDDEN over HTTP with the missing permission", async () => {
    const { errors } = await world.ask("{ forbidden }", {}, { authorization: `Bearer ${await world.token("clerk")}` });
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN", scopes: [["part:deliver"]] } }]);
  });
});
