import { describe, expect, test } from "vitest";
import { gatewayConfiguration } from "../../gateway/configuration.ts";
import { serveGateway } from "../../gateway/server.ts";
import { BadConfiguration } from "../../subgraphs/_shared/serving/environment.ts";

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
