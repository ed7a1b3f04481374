import * as z from "zod";
import { choice, claim, list, number, onOff, type Section, type Setting, structure, text } from "./setting-kinds.ts";

const line = z.string({ error: "must be a text" });
const texts = z.array(line, { error: "must be a list of texts" });
const policy = z.union([texts, z.strictObject({ roles: texts, scopes: z.array(texts) }).partial()], {
  error: 'must be a list of roles, or such as { roles: [clerk], scopes: [["a", "b"], ["c"]] }',
});
const byPolicy = z.record(z.string(), policy, { error: "must be a section with an entry for each policy" });
const place = z.string({ error: "must be a JSON pointer such as /role, or none" });
const issuer = z.strictObject({
  issuer: line,
  audience: z.union([line, texts], { error: "must be a text or a list of texts" }),
  jwksUrl: line,
  algorithms: texts.optional(),
  claims: z
    .strictObject({
      ...{
        subject: place,
        role: place,
        scopes: place,
        office: place,
        province: place,
        agency: place,
        personalId: place,
      },
      registry: z.enum(["on", "off"]),
    })
    .partial()
    .optional(),
});

/** All settings of the configuration file but those of subgraphs. Secrets are variables alone. */
export const SETTINGS: Section = {
  production: { ...onOff("NODE_ENV"), textOf: (value) => (value === true || value === "on" ? "production" : "") },
  data: text("MOTCUA_DATA"),
  demoDirectory: text("MOTCUA_DEMO_DIR"),
  logLevel: choice("LOG_LEVEL", ["fatal", "error", "warn", "info", "debug", "trace", "silent"]),
  playground: onOff("PLAYGROUND"),
  statusPage: onOff("STATUS_PAGE"),
  policies: structure("POLICIES", byPolicy),
  server: {
    host: text("HOST"),
    port: number("PORT"),
    publicUrl: text("PUBLIC_URL"),
    processes: number("PROCESSES"),
    bodyLimitBytes: number("BODY_LIMIT_BYTES"),
    headersTimeoutMs: number("HEADERS_TIMEOUT_MS"),
    bodyTimeoutMs: number("BODY_TIMEOUT_MS"),
    keepAliveMs: number("KEEP_ALIVE_MS"),
    maxConnections: number("MAX_CONNECTIONS"),
    trustedProxies: number("TRUST_PROXY"),
    compression: onOff("COMPRESSION"),
    compressionMinBytes: number("COMPRESSION_MIN_BYTES"),
  },
  cors: {
    origins: list("CORS_ORIGINS"),
    headers: list("CORS_HEADERS", 1),
    exposedHeaders: list("CORS_EXPOSED_HEADERS", 1),
  },
  supergraph: {
    source: text("SUPERGRAPH"),
    pollSeconds: number("SUPERGRAPH_POLL_SECONDS"),
    overrideLabels: list("OVERRIDE_LABELS"),
    graphRef: text("APOLLO_GRAPH_REF"),
    uplinkEndpoints: list("APOLLO_UPLINK_ENDPOINTS", 1),
    hiveEndpoint: text("HIVE_CDN_ENDPOINT"),
  },
  tokens: {
    jwksUrl: text("JWKS_URL"),
    issuer: text("JWT_ISSUER"),
    audience: list("JWT_AUDIENCE", 1),
    algorithms: list("JWT_ALGORITHMS", 1),
    claims: {
      subject: claim("CLAIM_SUBJECT"),
      role: claim("CLAIM_ROLE"),
      scopes: list("CLAIM_SCOPES", 1),
      office: claim("CLAIM_OFFICE"),
      province: claim("CLAIM_PROVINCE"),
      agency: claim("CLAIM_AGENCY"),
      personalId: claim("CLAIM_PERSONAL_ID"),
      registry: onOff("SCOPE_REGISTRY"),
    },
    moreIssuers: structure("MORE_ISSUERS", z.array(issuer)),
  },
  signIn: { clientId: text("OIDC_CLIENT_ID"), issuer: text("OIDC_ISSUER"), scopes: list("OIDC_SCOPES", 1) },
  gatewayTokens: { issuer: text("GATEWAY_JWT_ISSUER"), keys: list("GATEWAY_JWT_KEYS") },
  execution: {
    executor: choice("GATEWAY_EXECUTOR", ["own", "apollo"]),
    path: choice("GATEWAY_PATH", ["direct", "apollo"]),
    subgraphClient: choice("SUBGRAPH_CLIENT", ["own", "undici"]),
    queryTimeoutMs: number("QUERY_TIMEOUT_MS"),
    mutationTimeoutMs: number("MUTATION_TIMEOUT_MS"),
    queryRetries: number("QUERY_RETRIES"),
    breakerFailures: number("BREAKER_FAILURES"),
    breakerOpenMs: number("BREAKER_OPEN_MS"),
  },
  planning: {
    timeoutMs: number("PLANNING_TIMEOUT_MS"),
    memoryMb: number("PLANNING_MEMORY_MB"),
    threads: number("PLANNING_THREADS"),
    queue: number("PLANNING_QUEUE"),
  },
  limits: {
    tokens: number("MAX_TOKENS"),
    depth: number("MAX_DEPTH"),
    fields: number("MAX_FIELDS"),
    aliases: number("MAX_ALIASES"),
    rootFields: number("MAX_ROOT_FIELDS"),
    directives: number("MAX_DIRECTIVES"),
    comparisons: number("MAX_COMPARISONS"),
    variablesBytes: number("MAX_VARIABLES_BYTES"),
    nesting: number("MAX_NESTING"),
    cost: number("MAX_COST"),
    defaultListSize: number("DEFAULT_LIST_SIZE"),
    rateWindowSeconds: number("RATE_WINDOW_SECONDS"),
    ratePerCaller: number("RATE_LIMIT_CALLER"),
    ratePerAddress: number("RATE_LIMIT_ADDRESS"),
    costPerCaller: number("COST_LIMIT_CALLER"),
  },
  trustedDocuments: {
    mode: choice("TRUSTED_DOCUMENTS", ["off", "log", "only"]),
    file: text("TRUSTED_DOCUMENTS_FILE"),
  },
  subscriptions: {
    perCaller: number("LIVE_STREAMS_PER_CALLER"),
    total: number("LIVE_STREAMS"),
    heartbeatMs: number("LIVE_HEARTBEAT_MS"),
  },
  attachments: {
    directory: text("ATTACHMENTS_DIR"),
    limitBytes: number("ATTACHMENT_LIMIT_BYTES"),
    s3: {
      url: text("ATTACHMENTS_S3_URL"),
      region: text("ATTACHMENTS_S3_REGION"),
      accessKeyId: text("ATTACHMENTS_S3_ACCESS_KEY_ID"),
    },
    clamd: { address: text("CLAMD"), required: choice("CLAMD_REQUIRED", ["on", "off"]) },
  },
  metrics: { port: number("METRICS_PORT"), host: text("METRICS_HOST") },
  traces: {
    endpoint: text("OTEL_EXPORTER_OTLP_ENDPOINT"),
    tracesEndpoint: text("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"),
    protocol: choice("OTEL_EXPORTER_OTLP_PROTOCOL", ["http/json"]),
    share: number("OTEL_TRACES_SAMPLER_ARG"),
  },
  allSubgraphs: subgraphSettings(""),
};

/** Settings of one subgraph, or of all with the suffix "". */
export function subgraphSettings(suffix: string): Readonly<Record<string, Setting>> {
  return {
    ...(suffix !== "" && { url: text(`SUBGRAPH_URL${suffix}`) }),
    identity: choice(`SUBGRAPH_IDENTITY${suffix}`, ["sealed", "token", "jwt", "none"]),
    audience: text(`SUBGRAPH_AUDIENCE${suffix}`),
    subscriptions: text(`SUBSCRIPTIONS${suffix}`),
    forwardHeaders: list(`FORWARD_HEADERS${suffix}`),
    returnHeaders: list(`RETURN_HEADERS${suffix}`),
    errorCodes: list(`ERROR_CODES${suffix}`),
    errorMessages: list(`ERROR_MESSAGES${suffix}`),
  };
}
