import { createServer } from "node:http";
import { describe, expect, test } from "vitest";
import { gatewayConfiguration } from "../../gateway/configuration.ts";
import { serveGateway } from "../../gateway/server.ts";
import { BadConfiguration } from "../../subgraphs/_shared/serving/environment.ts";
import { listen } from "../../subgraphs/_shared/serving/http.ts";

const production = {
  NODE_ENV: "production",
  JWKS_URL: "https://issuer.example/jwks",
  JWT_ISSUER: "https://issuer.example",
  JWT_AUDIENCE: "motcua",
};

function faults(environment: NodeJS.ProcessEnv): string {
  try {
    gatewayConfiguration(environment);
    return "";
  } catch (error) {
    expect(error).toBeInstanceOf(BadConfiguration);
    return String(error);
  }
}

test.each([
  ["PORT", "x", "must be a number"],
  ["PORT", "1.5", "must be a whole number"],
  ["PORT", "70000", "must be at most 65535"],
  ["QUERY_TIMEOUT_MS", "0", "must be at least 1"],
  ["MUTATION_TIMEOUT_MS", "3000000000", "must be at most 2147483647"],
  ["LOG_LEVEL", "loud", "must be one of fatal, error, warn, info, debug, trace, silent"],
  ["POLICIES", "7", 'must be JSON such as {"staff": ["clerk", "leader"]}'],
  ["JWT_ALGORITHMS", "RS256,HS256", "must be a list of some of ES256, "],
  ["JWT_ALGORITHMS", "RS256,HS256", "; not HS256"],
  ["JWT_ISSUER", "https://id.example", "has no effect without JWKS_URL"],
  ["JWT_AUDIENCE", "graph", "has no effect without JWKS_URL"],
  ["OIDC_CLIENT_ID", "screens", "has no effect without JWKS_URL"],
  ["OIDC_ISSUER", "https://id.example", "has no effect without OIDC_CLIENT_ID"],
  ["OIDC_ISSUER", "id.example", "must be the address of an issuer such as https://id.example"],
  ["OIDC_ISSUER", "https://id.example/?realm=a", "must have no query and no fragment"],
  ["OIDC_SCOPES", "openid profile", "must be a list of scopes such as openid,offline_access"],
  ["OIDC_SCOPES", "profile", "must contain openid"],
])("%s=%s is refused in a sentence that names the variable and says: %s", (variable, value, problem) => {
  const found = faults({ [variable]: value });
  expect(found).toMatch(new RegExp(`^  ${variable}: `, "m"));
  expect(found).toContain(problem);
});

test("white space around a value does not count, and a value of white space alone is the default", () => {
  expect(gatewayConfiguration({ PORT: " 4001 " }).port).toBe(4001);
  expect(gatewayConfiguration({ PORT: " " }).port).toBe(4000);
});

describe("the gateway's configuration", () => {
  test("outside production the gateway needs no configuration and trusts no tokens", () => {
    const { port, supergraph, trust, playground, bodyLimitBytes } = gatewayConfiguration({});
    expect({ port, trust, playground, bodyLimitBytes }).toEqual({
      port: 4_000,
      trust: { kind: "none" },
      playground: true,
      bodyLimitBytes: 1_000_000,
    });
    expect(supergraph).toMatch(/schema\/supergraph\.graphql$/);
  });

  test("the gateway's configuration reports every invalid variable at once", () => {
    const text = faults({
      PORT: "eighty",
      BODY_LIMIT_BYTES: "1",
      PLAYGROUND: "maybe",
      JWT_ALGORITHMS: "HS256",
      SUBGRAPH_URL_LAND: "land:4104",
      SUBGRAPH_CLIENT: "curl",
    });
    const bad = ["PORT", "BODY_LIMIT_BYTES", "PLAYGROUND", "JWT_ALGORITHMS", "SUBGRAPH_URL_LAND", "SUBGRAPH_CLIENT"];
    for (const name of bad) expect(text).toContain(`  ${name}`);
  });

  test("in production the gateway's configuration takes the published keys of an issuer and disables the playground", () => {
    const { trust, playground } = gatewayConfiguration(production);
    expect(trust).toMatchObject({ kind: "published", algorithms: ["ES256", "RS256", "EdDSA"], audience: "motcua" });
    expect(playground).toBe(false);
  });

  test.each([
    ["without the issuer's keys", { ...production, JWKS_URL: undefined }, "JWKS_URL: is required in production"],
    [
      "with keys fetched in the clear",
      { ...production, JWKS_URL: "http://issuer.example/" },
      "JWKS_URL: must be https",
    ],
    ["without an issuer", { ...production, JWT_ISSUER: undefined }, "JWT_ISSUER: is required"],
    ["without an audience", { ...production, JWT_AUDIENCE: undefined }, "JWT_AUDIENCE: is required"],
    ["in demo mode", { ...production, MOTCUA_DEMO_DIR: "/tmp/demo" }, "MOTCUA_DEMO_DIR: demo mode is refused"],
  ])("the gateway's configuration refuses production %s", (_, environment, fault) => {
    expect(faults(environment)).toContain(fault);
  });

  test("the gateway's configuration refuses demo tokens beside published keys", () => {
    expect(faults({ ...production, NODE_ENV: "", MOTCUA_DEMO_DIR: "/tmp/demo" })).toContain("MOTCUA_DEMO_DIR");
  });

  test("the gateway's configuration names a missing supergraph and how to create it", async () => {
    const start = serveGateway(
      gatewayConfiguration({ SUPERGRAPH: "/nowhere.graphql", PORT: "0", LOG_LEVEL: "silent" }),
    );
    await expect(start).rejects.toThrow(/SUPERGRAPH: \/nowhere\.graphql cannot be read.*npm run compose/);
  });
});

describe("the sign-in at the screens", () => {
  const screens = { ...production, OIDC_CLIENT_ID: "screens" };
  const other = { issuer: "https://staff.example", audience: "a", jwksUrl: "https://staff.example/jwks" };

  test("without a client nobody signs in at an issuer", () => {
    expect(gatewayConfiguration(production).signIn).toBeUndefined();
  });

  test("a client alone signs in at the issuer of the tokens, and its claims are where the gateway reads them", () => {
    const { signIn } = gatewayConfiguration({ ...screens, CLAIM_ROLE: "/realm_access/roles", CLAIM_AGENCY: "none" });
    expect(signIn).toEqual({
      ...{ issuer: "https://issuer.example", clientId: "screens", scope: "openid" },
      claims: {
        ...{ subject: ["sub"], role: ["realm_access", "roles"] },
        ...{ office: ["office"], province: ["province"], agency: undefined },
      },
    });
  });

  test("people may sign in at another issuer than the first, whose claims have places of their own", () => {
    const more = JSON.stringify([{ ...other, claims: { role: "/roles" } }]);
    const variables = { OIDC_ISSUER: other.issuer, OIDC_SCOPES: "openid,offline_access", MORE_ISSUERS: more };
    expect(gatewayConfiguration({ ...screens, ...variables }).signIn).toMatchObject({
      ...{ issuer: other.issuer, scope: "openid offline_access" },
      claims: { role: ["roles"] },
    });
  });

  test.each([
    ["in demo mode", { MOTCUA_DEMO_DIR: "/tmp/demo", OIDC_CLIENT_ID: "screens" }, "OIDC_CLIENT_ID: is refused in demo"],
    ["without an address", { ...screens, JWT_ISSUER: "urn:issuer" }, "OIDC_ISSUER: is required with OIDC_CLIENT_ID"],
    ["in the clear", { ...screens, OIDC_ISSUER: "http://id.example" }, "OIDC_ISSUER: must be https in production"],
  ])("a sign-in %s is refused", (_, environment, fault) => {
    expect(faults(environment)).toContain(fault);
  });
});

describe("the limits and the door", () => {
  test("every limit of the gateway has a default that can be changed", () => {
    const { limits, http, trustedDocuments } = gatewayConfiguration({
      MAX_COST: "5",
      TRUST_PROXY: "2",
      CORS_ORIGINS: "https://a.example, http://localhost:3000",
      TRUSTED_DOCUMENTS: "only",
      MOTCUA_DATA: "/srv/motcua",
    });
    expect(limits.cost).toMatchObject({ operation: 5, assumedListSize: 10 });
    expect(http).toMatchObject({
      trustedProxies: 2,
      cors: { origins: new Set(["https://a.example", "http://localhost:3000"]) },
    });
    expect(trustedDocuments).toEqual({ mode: "only", file: "/srv/motcua/trusted-documents.json" });
  });

  test("every invalid limit of the gateway is reported with its variable", () => {
    const wrong = {
      MAX_DEPTH: "deep",
      MAX_TOKENS: "1",
      MAX_COST: "1.5",
      DEFAULT_LIST_SIZE: "0",
      RATE_LIMIT_CALLER: "-1",
      RATE_WINDOW_SECONDS: "1000000",
      HEADERS_TIMEOUT_MS: "1",
      TRUST_PROXY: "true",
      CORS_ORIGINS: "*",
      TRUSTED_DOCUMENTS: "yes",
    };
    const text = faults(wrong);
    for (const name of Object.keys(wrong)) expect(text).toContain(`  ${name}: `);
  });
});

test.each([
  ["PORT", "no such host", "HOST: no such host is no address of this machine; set one of its addresses"],
  ["PORT", "192.0.2.1", "HOST: 192.0.2.1 is no address"],
  ["METRICS_PORT", "192.0.2.1", "METRICS_HOST: 192.0.2.1 is no address"],
])(
  "an address for %s that is none of this machine (%s) is refused with the remedy",
  async (variable, host, problem) => {
    await expect(listen(createServer(), 0, host, variable)).rejects.toThrow(`  ${problem}`);
  },
);
