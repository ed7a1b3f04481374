import * as z from "zod";
import {
  list,
  milliseconds,
  type OtherSource,
  port,
  readEnvironment,
} from "../subgraphs/_shared/serving/environment.ts";
import {
  type AttachmentsConfiguration,
  attachmentsConfiguration,
  attachmentVariables,
} from "./attachments/attachments-configuration.ts";
import { readConfigurationFile, settingPlaces } from "./configuration-file/read-file.ts";
import { type HttpConfiguration, httpConfiguration, httpVariables } from "./http/http-configuration.ts";
import { tokenTrust, tokenVariables } from "./identity/token-configuration.ts";
import type { TokenTrust } from "./identity/token-trust.ts";
import {
  type ObservabilityConfiguration,
  observabilityConfiguration,
  observabilityVariables,
} from "./observability/observability-configuration.ts";
import { type PassedErrors, passedErrors, passedErrorVariables } from "./passed-errors.ts";
import { type Policies, policies } from "./pipeline/authorization/policies.ts";
import {
  documentVariables,
  type TrustedDocuments,
  trustedDocuments,
} from "./pipeline/documents/documents-configuration.ts";
import { type Limits, limitsConfiguration, limitVariables } from "./pipeline/limits/limits-configuration.ts";
import {
  type PlanningConfiguration,
  planningConfiguration,
  planningVariables,
} from "./pipeline/planning/planning-configuration.ts";
import { type SignIn, signInConfiguration, signInVariables } from "./screens/sign-in-configuration.ts";
import { type HeaderLists, headerLists, headerVariables } from "./subgraph-client/client-headers/client-exchange.ts";
import {
  callerTokenVariables,
  type IdentityConfiguration,
  identityConfiguration,
  identityVariables,
} from "./subgraph-client/identity-configuration.ts";
import {
  type SubscriptionTransport,
  subscriptionTransports,
  subscriptionVariables,
} from "./subgraph-client/subscriptions/subscription-transport.ts";
import type { HttpClient } from "./subgraph-client/transport/open-transport.ts";
import type { BySubgraph } from "./subgraph-settings.ts";
import type { StreamLimits } from "./subscriptions/open-streams.ts";
import {
  type SupergraphLocation,
  supergraphLocation,
  supergraphVariables,
} from "./supergraph/registry-configuration.ts";

const URL_PREFIX = "SUBGRAPH_URL_";

/** Settings of the gateway, read once from its environment when it starts. */
export type GatewayConfiguration = {
  /** File, http(s) address or registry. */
  supergraph: SupergraphLocation;
  /** Interval of polling for a new version; 0: only when a change of its file is observed. */
  supergraphPollMs: number;
  port: number;
  host: string;
  /** Processes that serve the port together. */
  processes: number;
  production: boolean;
  /** Directory of the demo's state; demo mode is on exactly when it is set. */
  demoDirectory: string | undefined;
  trust: TokenTrust;
  /** Sign-in at the screens; undefined: by persona in demo mode, and there are no screens outside it. */
  signIn: SignIn | undefined;
  /** Addresses that replace those in the supergraph, by the subgraph's name in variables: `CIVIL_STATUS` → address. */
  subgraphUrls: ReadonlyMap<string, string>;
  /** Headers that pass between clients and subgraphs. */
  headers: HeaderLists;
  /** Protocols of the subgraphs' subscriptions. */
  subscriptions: BySubgraph<SubscriptionTransport>;
  /** Form in which subgraphs receive the caller's identity. */
  identity: IdentityConfiguration;
  bodyLimitBytes: number;
  limits: Limits;
  planning: PlanningConfiguration;
  http: HttpConfiguration;
  trustedDocuments: TrustedDocuments;
  /** Errors of subgraphs that clients receive beside those of the contract. */
  passedErrors: PassedErrors;
  /** Evaluation of the policies of a supergraph (@policy). */
  policies: Policies;
  /** Active labels of progressive overrides (@override). */
  overrideLabels: ReadonlySet<string>;
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
  /** True where anybody may see the states of the agencies at /status. */
  statusPage: boolean;
  attachments: AttachmentsConfiguration;
  observability: ObservabilityConfiguration;
  logLevel: string;
  /** Source of the subgraphs' keys, whose names are known only once the supergraph is read. */
  environment: NodeJS.ProcessEnv;
};

/** Variables of the gateway. */
function gatewayVariables(environment: NodeJS.ProcessEnv) {
  const production = isProduction(environment);
  return {
    ...supergraphVariables(environment),
    PORT: port(4000),
    HOST: z.string().default("127.0.0.1"),
    PROCESSES: z.coerce.number().int().min(1).max(64).default(1),
    ...tokenVariables(environment, production),
    ...signInVariables(environment, production),
    BODY_LIMIT_BYTES: z.coerce.number().int().min(1_000).max(100_000_000).default(1_000_000),
    ...limitVariables,
    ...planningVariables,
    ...httpVariables,
    ...documentVariables,
    POLICIES: policies,
    OVERRIDE_LABELS: list,
    GATEWAY_EXECUTOR: z.enum(["own", "apollo"], { error: "must be own or apollo" }).default("own"),
    GATEWAY_PATH: z.enum(["direct", "apollo"], { error: "must be direct or apollo" }).default("direct"),
    SUBGRAPH_CLIENT: z.enum(["own", "undici"], { error: "must be own or undici" }).optional(),
    QUERY_TIMEOUT_MS: milliseconds(10_000, 1),
    MUTATION_TIMEOUT_MS: milliseconds(40_000, 1),
    QUERY_RETRIES: z.coerce.number().int().min(0).max(10).default(2),
    BREAKER_FAILURES: z.coerce.number().int().min(1).default(8),
    BREAKER_OPEN_MS: milliseconds(1_000),
    LIVE_HEARTBEAT_MS: z.coerce.number().int().min(10).max(600_000).default(15_000),
    LIVE_STREAMS_PER_CALLER: z.coerce.number().int().min(1).default(20),
    LIVE_STREAMS: z.coerce.number().int().min(1).default(2_000),
    PLAYGROUND: z.enum(["on", "off"], { error: "must be on or off" }).default(production ? "off" : "on"),
    STATUS_PAGE: z.enum(["on", "off"], { error: "must be on or off" }).default(production ? "off" : "on"),
    ...attachmentVariables,
    ...observabilityVariables,
    LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
    ...headerVariables(environment),
    ...subscriptionVariables(environment),
    ...identityVariables(environment),
    ...callerTokenVariables,
    ...passedErrorVariables(environment),
    ...Object.fromEntries(urlVariables(environment).map((name) => [name, httpUrl])),
  };
}

function isProduction(environment: NodeJS.ProcessEnv): boolean {
  return environment.NODE_ENV === "production";
}

/** @throws BadConfiguration naming every bad variable and every problem of the configuration file. */
export function gatewayConfiguration(given: NodeJS.ProcessEnv = process.env): GatewayConfiguration {
  const { environment, source } = withConfigurationFile(given);
  const read = readEnvironment(gatewayVariables(environment), environment, source);
  const trust = tokenTrust(read);
  return {
    supergraph: supergraphLocation(read),
    supergraphPollMs: read.SUPERGRAPH_POLL_SECONDS * 1_000,
    port: read.PORT,
    host: read.HOST,
    processes: read.PROCESSES,
    production: isProduction(environment),
    demoDirectory: read.MOTCUA_DEMO_DIR,
    trust,
    signIn: signInConfiguration(read, trust),
    subgraphUrls: new Map(
      urlVariables(environment).map((name) => [name.slice(URL_PREFIX.length), environment[name] ?? ""]),
    ),
    headers: headerLists(environment, read),
    subscriptions: subscriptionTransports(environment, read),
    identity: identityConfiguration(environment, read),
    passedErrors: passedErrors(environment, read),
    bodyLimitBytes: read.BODY_LIMIT_BYTES,
    limits: limitsConfiguration(read),
    planning: planningConfiguration(read, read.QUERY_TIMEOUT_MS),
    http: httpConfiguration(read),
    trustedDocuments: trustedDocuments(read, environment),
    policies: read.POLICIES,
    overrideLabels: new Set(read.OVERRIDE_LABELS),
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
    statusPage: read.STATUS_PAGE === "on",
    attachments: attachmentsConfiguration(read),
    observability: observabilityConfiguration(read),
    logLevel: read.LOG_LEVEL,
    environment,
  };
}

/** The variables, with the values of the configuration file where no variable is set; problems of the file are left out. */
export function effectiveEnvironment(given: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return withConfigurationFile(given).environment;
}

/** The variables, with the values of the configuration file where no variable is set. */
function withConfigurationFile(given: NodeJS.ProcessEnv): { environment: NodeJS.ProcessEnv; source?: OtherSource } {
  if (!given.CONFIG) return { environment: given };
  const { variables, places, faults } = readConfigurationFile(given.CONFIG);
  const set = Object.entries(given).filter(([, value]) => value);
  const fromFile = [...places].filter(([variable]) => !given[variable]);
  return {
    environment: { ...variables, ...Object.fromEntries(set) },
    source: { faults, places: new Map(fromFile), possiblePlaces: settingPlaces() },
  };
}

const httpUrl = z.url({
  protocol: /^https?$|^http\+unix$/,
  error: "must be an address such as http://127.0.0.1:4101/graphql or http+unix://%2Frun%2Fland.sock/graphql",
});

function urlVariables(environment: NodeJS.ProcessEnv): string[] {
  return Object.keys(environment).filter((name) => name.startsWith(URL_PREFIX) && environment[name]);
}
