import * as z from "zod";
import { milliseconds, port, readEnvironment } from "../subgraphs/_shared/serving/environment.ts";
import { projectPath } from "../subgraphs/_shared/serving/paths.ts";
import { type HttpConfiguration, httpConfiguration, httpVariables } from "./http/http-configuration.ts";
import type { TokenTrust } from "./identity/token-trust.ts";
import {
  type ObservabilityConfiguration,
  observabilityConfiguration,
  observabilityVariables,
} from "./observability/observability-configuration.ts";
import { type Policies, policies } from "./pipeline/authorization/policies.ts";
import {
  documentVariables,
  type TrustedDocuments,
  trustedDocuments,
} from "./pipeline/documents/documents-configuration.ts";
import { type Limits, limitsConfiguration, limitVariables } from "./pipeline/limits/limits-configuration.ts";
import type { HttpClient } from "./subgraph-client/transport/open-transport.ts";
import type { StreamLimits } from "./subscriptions/open-streams.ts";

/** Signature algorithms of tokens. Only asymmetric ones: with a shared secret every verifier could issue tokens. */
const ALGORITHMS = ["ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "EdDSA"] as const;
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);
const URL_PREFIX = "SUBGRAPH_URL_";
const DEMO_ISSUER = "urn:motcua:demo";
const DEMO_AUDIENCE = "urn:motcua:gateway";

/** Settings of the gateway, read once from its environment when it starts. */
export type GatewayConfiguration = {
  /** File or http(s) address. */
  supergraph: string;
  /** Interval of polling for a new version; 0: only when a change of its file is observed. */
  supergraphPollMs: number;
  port: number;
  host: string;
  production: boolean;
  /** Directory of the demo's state; demo mode is on exactly when it is set. */
  demoDirectory: string | undefined;
  trust: TokenTrust;
  /** Addresses that replace those in the supergraph, by the subgraph's name in variables: `CIVIL_STATUS` → address. */
  subgraphUrls: ReadonlyMap<string, string>;
  bodyLimitBytes: number;
  limits: Limits;
  http: HttpConfiguration;
  trustedDocuments: TrustedDocuments;
  /** Evaluation of the policies of a supergraph (@policy). */
  policies: Policies;
  /** The gateway's own executor, or that of @apollo/gateway as the reference. */
  executor: "own" | "apollo";
  /** `apollo` sends every operation through Apollo Server, even where no plugin needs it. */
  path: "direct" | "apollo";
  /** HTTP client of subgraph calls over plain HTTP; undefined: the gateway's own on this machine, undici elsewhere. TLS is always undici's. */
  subgraphClient: HttpClient | undefined;
  queryTimeoutMs: number;
  /** Must exceed the longest `waitMs` of the contract, 30 seconds. */
  mutationTimeoutMs: number;
  /** Retries of a query whose connection broke. */
  queryRetries: number;
  /** Consecutive failures that open the circuit breaker of a subgraph, and how long it first stays open. */
  breakerFailures: number;
  breakerOpenMs: number;
  /** Limits of open streams, and the interval at which an idle stream sends a comment and verifies the client's token. */
  streams: StreamLimits & { heartbeatMs: number };
  playground: boolean;
  observability: ObservabilityConfiguration;
  logLevel: string;
  /** Source of the subgraphs' keys, whose names are known only once the supergraph is read. */
  environment: NodeJS.ProcessEnv;
};

/** @throws BadConfiguration naming every bad variable. */
export function gatewayConfiguration(environment: NodeJS.ProcessEnv = process.env): GatewayConfiguration {
  const production = environment.NODE_ENV === "production";
  const read = readEnvironment(
    {
      SUPERGRAPH: z.string().default(projectPath("schema", "supergraph.graphql")),
      SUPERGRAPH_POLL_SECONDS: z.coerce.number().min(0).max(86_400).default(10),
      PORT: port(4000),
      HOST: z.string().default("127.0.0.1"),
      ...trustVariables(environment, production),
      BODY_LIMIT_BYTES: z.coerce.number().int().min(1_000).max(100_000_000).default(1_000_000),
      ...limitVariables,
      ...httpVariables,
      ...documentVariables,
      POLICIES: policies,
      GATEWAY_EXECUTOR: z.enum(["own", "apollo"], { error: "must be own or apollo" }).default("own"),
      GATEWAY_PATH: z.enum(["direct", "apollo"], { error: "must be direct or apollo" }).default("direct"),
      SUBGRAPH_CLIENT: z.enum(["own", "undici"], { error: "must be own or undici" }).optional(),
      QUERY_TIMEOUT_MS: milliseconds(10_000),
      MUTATION_TIMEOUT_MS: milliseconds(40_000),
      QUERY_RETRIES: z.coerce.number().int().min(0).max(10).default(2),
      BREAKER_FAILURES: z.coerce.number().int().min(1).default(8),
      BREAKER_OPEN_MS: milliseconds(1_000),
      LIVE_HEARTBEAT_MS: z.coerce.number().int().min(10).max(600_000).default(15_000),
      LIVE_STREAMS_PER_CALLER: z.coerce.number().int().min(1).default(20),
      LIVE_STREAMS: z.coerce.number().int().min(1).default(2_000),
      PLAYGROUND: z.enum(["on", "off"], { error: "must be on or off" }).default(production ? "off" : "on"),
      ...observabilityVariables,
      LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
      ...Object.fromEntries(urlVariables(environment).map((name) => [name, httpUrl])),
    },
    environment,
  );
  return {
    supergraph: read.SUPERGRAPH,
    supergraphPollMs: read.SUPERGRAPH_POLL_SECONDS * 1_000,
    port: read.PORT,
    host: read.HOST,
    production,
    demoDirectory: read.MOTCUA_DEMO_DIR,
    trust: trustOf(read),
    subgraphUrls: new Map(
      urlVariables(environment).map((name) => [name.slice(URL_PREFIX.length), environment[name] ?? ""]),
    ),
    bodyLimitBytes: read.BODY_LIMIT_BYTES,
    limits: limitsConfiguration(read),
    http: httpConfiguration(read),
    trustedDocuments: trustedDocuments(read, environment),
    policies: read.POLICIES,
    executor: read.GATEWAY_EXECUTOR,
    path: read.GATEWAY_PATH,
    subgraphClient: read.SUBGRAPH_CLIENT,
    queryTimeoutMs: read.QUERY_TIMEOUT_MS,
    mutationTimeoutMs: read.MUTATION_TIMEOUT_MS,
    queryRetries: read.QUERY_RETRIES,
    breakerFailures: read.BREAKER_FAILURES,
    breakerOpenMs: read.BREAKER_OPEN_MS,
    streams: {
      heartbeatMs: read.LIVE_HEARTBEAT_MS,
      perSubscriber: read.LIVE_STREAMS_PER_CALLER,
      total: read.LIVE_STREAMS,
    },
    playground: read.PLAYGROUND === "on",
    observability: observabilityConfiguration(read),
    logLevel: read.LOG_LEVEL,
    environment,
  };
}

const httpUrl = z.url({
  protocol: /^https?$|^http\+unix$/,
  error: "must be an address such as http://127.0.0.1:4101/graphql or http+unix://%2Frun%2Fland.sock/graphql",
});

/** The required variables depend on the mode; all bad ones are named at once. */
function trustVariables(environment: NodeJS.ProcessEnv, production: boolean) {
  const published = production || Boolean(environment.JWKS_URL);
  const needed = (what: string) => z.string({ error: `is required with JWKS_URL: ${what}` });
  return {
    MOTCUA_DEMO_DIR: z
      .string()
      .optional()
      .refine((directory) => !(production && directory), {
        error: "demo mode is refused when NODE_ENV=production; unset one of the two",
      })
      .refine((directory) => !(directory && environment.JWKS_URL), {
        error: "demo mode trusts its own tokens alone; unset either this or JWKS_URL",
      }),
    JWKS_URL: z
      .url({ error: "is required in production: the https address of the token issuer's keys (JWKS)" })
      .refine((url) => !production || isSecure(url), { error: "must be https in production" })
      .optional()
      .refine((url) => !production || url !== undefined, {
        error: "is required in production: the https address of the token issuer's keys (JWKS)",
      }),
    JWT_ISSUER: published ? needed("the issuer that tokens must name (iss)") : z.string().default(DEMO_ISSUER),
    JWT_AUDIENCE: published ? needed("the audience that tokens must name (aud)") : z.string().default(DEMO_AUDIENCE),
    JWT_ALGORITHMS: z
      .string()
      .default("ES256,RS256,EdDSA")
      .transform((text) => text.split(",").map((item) => item.trim()))
      .pipe(z.array(z.enum(ALGORITHMS, { error: `must be a list of some of ${ALGORITHMS.join(", ")}` }))),
  };
}

function isSecure(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || LOOPBACK.has(hostname);
}

function trustOf(read: {
  MOTCUA_DEMO_DIR?: string | undefined;
  JWKS_URL?: string | undefined;
  JWT_ISSUER: string;
  JWT_AUDIENCE: string;
  JWT_ALGORITHMS: string[];
}): TokenTrust {
  const { JWT_ISSUER: issuer, JWT_AUDIENCE: audience } = read;
  if (read.MOTCUA_DEMO_DIR) return { kind: "demo", directory: read.MOTCUA_DEMO_DIR, issuer, audience };
  if (!read.JWKS_URL) return { kind: "none" };
  return { kind: "published", jwksUrl: new URL(read.JWKS_URL), algorithms: read.JWT_ALGORITHMS, issuer, audience };
}

function urlVariables(environment: NodeJS.ProcessEnv): string[] {
  return Object.keys(environment).filter((name) => name.startsWith(URL_PREFIX) && environment[name]);
}
