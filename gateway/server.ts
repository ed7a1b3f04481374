import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import { buildVersion } from "../subgraphs/_shared/serving/build-version.ts";
import { closeServer, listen, sendJson } from "../subgraphs/_shared/serving/http.ts";
import { partLog } from "../subgraphs/_shared/serving/log.ts";
import type { GatewayPlugin } from "./apollo/apollo-server.ts";
import type { GatewayConfiguration } from "./configuration.ts";
import { type DevRoutes, devRoutes } from "./demo/dev-endpoints.ts";
import { badRequest } from "./errors.ts";
import { acceptsHtml } from "./http/accept.ts";
import { admitRequest, servePreflight } from "./http/admission.ts";
import { discardRest } from "./http/body.ts";
import { createHttpServer } from "./http/connections.ts";
import { needsCorsHeaders } from "./http/cors.ts";
import { serveDev } from "./http/dev-requests.ts";
import { sendErrorResponse } from "./http/error-response.ts";
import { serveGraphql } from "./http/graphql-request.ts";
import { requestIdOf, setSecurityHeaders } from "./http/headers.ts";
import { readiness } from "./http/health.ts";
import { type Authenticate, authenticator } from "./identity/tokens.ts";
import { batchedOutput } from "./observability/log-output.ts";
import { type Metrics, openMetrics } from "./observability/metrics.ts";
import { sendMetrics, serveMetrics } from "./observability/metrics-endpoint.ts";
import { openTracing, type Tracing } from "./observability/tracing.ts";
import { type DocumentLookup, openDocumentLookup } from "./pipeline/documents/document-lookup.ts";
import { openRateLimiter, type RateLimiter } from "./pipeline/limits/rate-limiter.ts";
import { type Graphql, startGraphql } from "./pipeline/request.ts";
import { openPlayground, type Playground } from "./playground/serve-playground.ts";
import { openSubgraphs, type Subgraphs } from "./subgraph-client/subgraphs.ts";
import { type OpenStreams, openStreams } from "./subscriptions/open-streams.ts";
import { openSupergraph } from "./supergraph/supergraph-source.ts";

export type RunningGateway = { port: number; metricsPort: number | undefined; close(): Promise<void> };

/** What the routes need. */
export type Gateway = {
  configuration: GatewayConfiguration;
  log: Logger;
  graphql: Graphql;
  live: OpenStreams;
  subgraphs: Subgraphs;
  metrics: Metrics;
  /** Undefined where no traces are exported. */
  tracing: Tracing | undefined;
  authenticate: Authenticate;
  allowance: RateLimiter;
  documents: DocumentLookup;
  /** Undefined outside demo mode. */
  dev: DevRoutes | undefined;
  playground: Playground | undefined;
};

const GRACE_MS = 10_000;
const NO_SEARCH = new URLSearchParams();

/**
 * Loads the supergraph and serves it until it is closed. Every request goes by `plugins`, which are those of Apollo Server.
 * @throws BadConfiguration; an Error when the port is taken.
 */
export async function serveGateway(
  configuration: GatewayConfiguration,
  log: Logger = partLog("gateway", configuration.logLevel, batchedOutput()),
  plugins: readonly GatewayPlugin[] = [],
): Promise<RunningGateway> {
  const { trust } = configuration;
  if (trust.kind === "nobody") {
    log.warn("No issuer of tokens is trusted (JWKS_URL is not set): only anonymous requests are served");
  }
  const metrics = openMetrics();
  const tracing = await openTracing(configuration.observability.traces, log);
  const subgraphs = openSubgraphs(configuration, metrics, log);
  const supergraph = await openSupergraph(configuration.supergraph, configuration.supergraphPollMs, log);
  const gateway: Gateway = {
    configuration,
    log,
    subgraphs,
    metrics,
    tracing,
    graphql: await startGraphql(supergraph.sdl, subgraphs, configuration, log, plugins),
    live: openStreams(configuration.streams),
    authenticate: authenticator(trust),
    allowance: openRateLimiter(configuration.limits),
    documents: openDocumentLookup(configuration.trustedDocuments, log),
    dev: trust.kind === "demo" ? devRoutes(trust) : undefined,
    playground: configuration.playground ? openPlayground(log) : undefined,
  };
  supergraph.whenReplaced(gateway.graphql.adopt);
  metrics.cache("operations", gateway.graphql.size);
  metrics.cache("persisted documents", gateway.documents.persistedQueries.size);
  metrics.cache("live streams", () => ({ entries: gateway.live.size(), bytes: 0 }));
  metrics.cache("tokens", gateway.authenticate.size);
  const server = createHttpServer(configuration.http.connections, (request, response) => {
    const requestId = requestIdOf(request);
    // what nearly everybody sends: its answer brings these headers along, whatever it turns out to be
    const isPlain = isOperation(request) && !needsCorsHeaders(request, configuration.http.origins);
    if (!isPlain) setSecurityHeaders(response, requestId);
    route(gateway, request, response, requestId)
      .catch((error: unknown) => sendErrorResponse(response, error, requestId, log))
      .finally(() => discardRest(request));
  });
  const port = await listen(server, configuration.port, configuration.host);
  const scraped =
    configuration.observability.metrics && (await serveMetrics(metrics, configuration.observability.metrics));
  log.info({ port, metricsPort: scraped?.port, subgraphs: [...subgraphs.current().keys()] }, "ready to be asked");
  return {
    port,
    metricsPort: scraped?.port,
    async close() {
      gateway.live.stop();
      await closeServer(server, GRACE_MS);
      supergraph.close();
      gateway.documents.close();
      await gateway.graphql.stop();
      await subgraphs.close();
      await scraped?.close();
      await tracing?.close();
    },
  };
}

/** The one address that matters needs no reading. */
function isOperation({ url, method }: IncomingMessage): boolean {
  return url === "/graphql" && method === "POST";
}

async function route(
  gateway: Gateway,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<void> {
  if (isOperation(request)) {
    return serveGraphql(gateway, request, response, NO_SEARCH, requestId);
  }
  const address = `http://gateway${request.url}`;
  if (!URL.canParse(address)) throw badRequest("The address of the request is malformed");
  const { pathname, searchParams } = new URL(address);
  if (pathname === "/graphql" && request.method === "OPTIONS") return servePreflight(gateway, request, response);
  const isPage = request.method === "GET" && acceptsHtml(request.headers.accept);
  const [, first = "", ...rest] = pathname.split("/");
  if (pathname === "/graphql" && !(isPage && gateway.playground)) {
    return serveGraphql(gateway, request, response, searchParams, requestId);
  }
  if (pathname === "/health" || pathname === "/health/live") {
    return sendJson(response, 200, { status: "live", ...buildVersion });
  }
  if (pathname === "/version") return sendJson(response, 200, buildVersion);
  if (pathname === "/health/ready") {
    await admitRequest(gateway, request, response); // it asks every agency
    const state = await readiness([...gateway.subgraphs.current().values()]);
    return sendJson(response, state.status === "ready" ? 200 : 503, state);
  }
  if (pathname === "/metrics" && request.method === "GET" && gateway.dev) return sendMetrics(gateway.metrics, response);
  if (first === "dev" && gateway.dev) {
    return serveDev(gateway, gateway.dev, request, response, rest, searchParams, requestId);
  }
  if (gateway.playground && request.method === "GET") {
    if (pathname === "/" || pathname === "/graphql") return gateway.playground.sendPage(response);
    if (first === "playground" && (await gateway.playground.sendFile(response, rest.join("/")))) return;
  }
  sendJson(response, 404, { error: { code: "NOT_FOUND", message: "The endpoint is POST /graphql", requestId } });
}
