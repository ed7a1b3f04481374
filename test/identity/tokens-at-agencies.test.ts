import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bearerTrust, bearerVariables } from "../../subgraphs/_shared/identity/bearer-callers.ts";
import { enforce } from "../../subgraphs/_shared/identity/caller.ts";
import { OWN_CLAIMS } from "../../subgraphs/_shared/identity/claim-places.ts";
import { IDENTITY_HEADER } from "../../subgraphs/_shared/identity/identity.ts";
import { anyOf } from "../../subgraphs/_shared/rights/requirement.ts";
import { readEnvironment } from "../../subgraphs/_shared/serving/environment.ts";
import { type TokenIssuer, tokenIssuer } from "../gateway/kit/token-issuer.ts";
import { caller } from "../kit/ask-agency.ts";
import { buildWorld, type World } from "../world.ts";

let issuer: TokenIssuer;
let other: TokenIssuer;
let world: World;
const holder = "093195000017"; // a seeded holder of land

beforeAll(async () => {
  issuer = await tokenIssuer("https://id.example", "land");
  other = await tokenIssuer("https://id.example", "land");
  const trust = { IDENTITY_JWKS_URL: issuer.jwksUrl, IDENTITY_JWT_ISSUER: issuer.issuer };
  world = await buildWorld({
    land: { ...trust, CLAIM_ROLE: "/roles" },
    "civil-status": { ...trust, IDENTITY_JWT_PUBLIC: "on" },
    residence: { IDENTITY_JWKS_URL: "http://127.0.0.1:1/", IDENTITY_JWT_ISSUER: issuer.issuer },
  });
});
afterAll(async () => {
  await world.close();
  await issuer.close();
  await other.close();
});

const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Citizen { landCertificates { serial } } } }`;

async function send(name: "land" | "civil-status" | "residence", headers: Record<string, string>, text = query) {
  const response = await fetch(`http://127.0.0.1:${world.agencies.ports[name]}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query: text, variables: { of: [{ __typename: "Citizen", personalId: holder }] } }),
  });
  const { data, errors } = (await response.json()) as {
    data?: { _entities?: unknown[] };
    errors?: { message: string }[];
  };
  return { status: response.status, data, message: errors?.[0]?.message ?? "", errors };
}

const bearer = async (given: string | Promise<string>) => ({ authorization: `Bearer ${await given}` });
const clerk = { roles: ["offline", "clerk"], scope: "citizen:read land:read", office: "31471" };

describe("an agency that accepts tokens of an issuer", () => {
  test("a token gives its caller the rights of its role and scopes, at the configured places of its claims", async () => {
    const { data } = await send("land", await bearer(issuer.token(clerk)));
    expect(data?._entities).toEqual([{ landCertificates: [{ serial: expect.stringMatching(/^[A-Z]{2} \d+$/) }] }]);
    const { errors } = await send("land", await bearer(issuer.token({ ...clerk, scope: "citizen:read" })));
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  });

  test("a scope of the registry gives nothing to a token without a role, and rows stay with those who may see them", async () => {
    const { errors } = await send("land", await bearer(issuer.token({ scope: "land:read citizen:read" })));
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    const stranger = { roles: "citizen", scope: clerk.scope, personalId: "093093000023" };
    const elsewhere = await send("land", await bearer(issuer.token(stranger)));
    expect(elsewhere.status).toBe(200);
    expect(JSON.stringify(elsewhere.data)).not.toContain("serial");
  });

  test.each<[string, () => Promise<Record<string, string>>, string]>([
    ["expired", () => bearer(issuer.token(clerk, { expires: "-1m" })), "has expired"],
    ["meant for another agency", () => bearer(issuer.token(clerk, { audience: "residence" })), "claim aud"],
    ["signed by another key", () => bearer(other.token(clerk)), "signature is wrong"],
    ["no token", () => bearer("abc"), "This is no token"],
    ["of a service", () => bearer(issuer.token({ roles: "service" })), "roles must be one of"],
    ["a clerk's without an office", () => bearer(issuer.token({ roles: "clerk" })), "office is required"],
    ["of another scheme", async () => ({ authorization: "Basic abc" }), "Authorization must look like"],
    ["missing", async () => ({}), "neither a signed identity nor a token"],
  ])("a token that is %s is refused", async (_, headers, reason) => {
    const { status, message, data } = await send("land", await headers());
    expect({ status, data }).toEqual({ status: 401, data: undefined });
    expect(message).toContain(reason);
  });

  test("a request with a signed identity is judged by it alone", async () => {
    const headers = { ...(await bearer(issuer.token(clerk))), [IDENTITY_HEADER]: "v2.k.x.{}" };
    expect(await send("land", headers)).toMatchObject({ status: 401, message: expect.stringContaining("UNKNOWN_KEY") });
  });

  test("the gateway's sealed calls are served as before", async () => {
    const document = "query ($id: PersonalId!) { citizen(personalId: $id) { landCertificates { serial } } }";
    const { data } = await world.ask({ persona: "clerk" }, document, { id: holder });
    expect(data.citizen.landCertificates).toHaveLength(1);
  });

  test("an agency that admits the public serves it without a token, and nothing that is protected", async () => {
    expect(await send("civil-status", {}, "{ _service { sdl } }")).toMatchObject({ status: 200, message: "" });
    const protectedField = query.replace("landCertificates { serial }", "birth { number }");
    const { errors } = await send("civil-status", {}, protectedField);
    expect(errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
  });

  test("an agency whose issuer's keys cannot be fetched is unavailable", async () => {
    expect(await send("residence", await bearer(issuer.token(clerk)))).toMatchObject({ status: 503 });
  });
});

test("a permission of the registry that is only another scope of a sealed caller is not enough at an agency", () => {
  const forged = { ...caller("authenticated"), permissions: [], otherScopes: ["land:read", "x"] };
  expect(() => enforce(forged, anyOf([["scope:land:read"]]))).toThrow();
  expect(() => enforce(forged, anyOf([["scope:x"]]))).not.toThrow();
});

test("an agency's configuration of tokens names what is missing, and scopes of the registry always need a role", () => {
  const read = (environment: NodeJS.ProcessEnv) => readEnvironment(bearerVariables(environment, "land"), environment);
  expect(bearerTrust(read({}))).toBeUndefined();
  const url = "http://id.example/jwks";
  expect(() => read({ IDENTITY_JWKS_URL: url })).toThrow("IDENTITY_JWT_ISSUER: is required with IDENTITY_JWKS_URL");
  expect(() => read({ IDENTITY_JWKS_URL: url, NODE_ENV: "production" })).toThrow("must be https in production");
  const trust = bearerTrust(read({ IDENTITY_JWKS_URL: url, IDENTITY_JWT_ISSUER: "i", SCOPE_REGISTRY: "off" }));
  expect(trust).toMatchObject({ audience: ["land"], claims: OWN_CLAIMS, admitsPublic: false });
});
