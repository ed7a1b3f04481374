import cluster from "node:cluster";
import type { Logger } from "pino";
import { serveMetrics } from "../subgraphs/_shared/metrics/metrics-endpoint.ts";
import { listen } from "../subgraphs/_shared/serving/http.ts";
import { partLog } from "../subgraphs/_shared/serving/log.ts";
import type { GatewayPlugin } from "./apollo/apollo-server.ts";
import { openAttachments } from "./attachments/open-attachments.ts";
import type { GatewayConfiguration } from "./configuration.ts";
import { devEndpoints } from "./demo/dev-endpoints.ts";
import { agencyStatuses } from "./http/agency-status.ts";
import { createHttpServer } from "./http/connections.ts";
import type { GraphqlEndpoint } from "./http/graphql-request.ts";
import { operationServer } from "./http/operation-connection/serve-operation.ts";
import { requestListener } from "./http/routes.ts";
import { serveWebSockets } from "./http/websocket/websocket-server.ts";
import { openCallerTokens } from "./identity/caller-tokens.ts";
import { authenticator } from "./identity/tokens.ts";
import { batchedOutput } from "./observability/log-output.ts";
import { openMetrics } from "./observability/metrics.ts";
import { metricsOfAllProcesses } from "./observability/metrics-of-processes.ts";
import { openTracing } from "./observability/tracing.ts";
import { openPublicPages } from "./pages/public-pages.ts";
import { directPath } from "./pipeline/direct-path.ts";
import { openDocumentLookup } from "./pipeline/documents/document-lookup.ts";
import type { ExecutionPath } from "./pipeline/execution-path.ts";
import { openRateLimiter } from "./pipeline/limits/rate-limiter.ts";
import { openPipeline } from "./pipeline/pipeline.ts";
import { planningOnThreads } from "./pipeline/planning/open-planning.ts";
import { openPlayground } from "./playground/open-playground.ts";
import { openRest } from "./rest/open-rest.ts";
import { openScreens } from "./screens/open-screens.ts";
import { clientExchange } from "./subgraph-client/client-headers/client-exchange.ts";
import { usesKind } from "./subgraph-client/identity-configuration.ts";
import { openSubgraphs } from "./subgraph-client/subgraphs.ts";
import { openStreams } from "./subscriptions/open-streams.ts";
import { openSupergraph } from "./supergraph/supergraph-source.ts";

export type RunningGateway = { port: number; metricsPort: number | undefined; close(): Promise<void> };

const GRACE_MS = 10_000;

/**
 * Loads the supergraph and serves it until it is closed. With `plugins`, which are plugins of Apollo Server, every request
 * takes the Apollo Server path. `openPlanning` may share planner threads among gateways of one process.
 * @throws BadConfiguration; an Error when the port is taken.
 */
export async function serveGateway(
  configuration: GatewayConfiguration,
  log: Logger = partLog("gateway", configuration.logLevel, batchedOutput()),
  plugins: readonly GatewayPlugin[] = [],
  openPlanning: typeof planningOnThreads = planningOnThreads,
): Promise<RunningGateway> {
  const { trust, limits, http, bodyLimitBytes } = configuration;
  if (trust.kind === "none")
    log.warn("No token issuer is trusted (JWKS_URL is not set): only anonymous requests are served");
  const metrics = openMetrics();
  const tracing = await openTracing(configuration.observability.traces, log);
  const callerTokens = usesKind(configuration.identity, "jwt")
    ? await openCallerTokens(configuration.identity.tokens)
    : undefined;
  const subgraphs = openSubgraphs(configuration, metrics, log, callerTokens);
  const supergraph = await openSupergraph(configuration.supergraph, configuration.supergraphPollMs, log);
  const pipeline = await openPipeline(supergraph.sdl, subgraphs, configuration, log, {
    openPlanning: openPlanning(configuration.planning, metrics.planning),
    openPath: (sdl) => openPath(sdl, configuration, plugins, log),
  });
  supergraph.whenReplaced(pipeline.adopt);
  const streams = openStreams(configuration.streams);
  const documents = openDocumentLookup(configuration.trustedDocuments, log);
  const authenticate = authenticator(trust);
  metrics.cache("operations", pipeline.size);
  metrics.cache("persisted documents", documents.persistedQueries.size);
  metrics.cache("live streams", () => ({ entries: streams.size(), bytes: 0 }));
  metrics.cache("tokens", authenticate.size);
  const graphql: GraphqlEndpoint = {
    ...{ http, limits, bodyLimitBytes, pipeline, streams, documents, authenticate, metrics, tracing, log },
    heartbeatMs: configuration.streams.heartbeatMs,
    timeouts: configuration,
    rateLimiter: openRateLimiter(limits),
    openExchange: clientExchange(configuration.headers, usesKind(configuration.identity, "token")),
    offersPlan: trust.kind === "demo",
  };
  const dev = trust.kind === "demo" ? devEndpoints(trust) : undefined;
  const attachments = openAttachments(configuration.attachments);
  const playground = configuration.playground ? openPlayground(log) : undefined;
  const exposed = configuration.processes > 1 && cluster.isWorker ? metricsOfAllProcesses(metrics) : metrics;
  const pages = openPublicPages({
    screens: dev || configuration.signIn ? openScreens(log, configuration.signIn) : undefined,
    hasPlayground: playground !== undefined,
    agencies: configuration.statusPage ? agencyStatuses(() => [...subgraphs.current().values()]) : undefined,
  });
  const rest = openRest(attachments !== undefined);
  const routes = { graphql, subgraphs, metrics: exposed, dev, playground, pages, rest, attachments };
  const listener = requestListener({ ...routes, keySet: callerTokens?.keySet });
  const connections = createHttpServer(http.connections, listener, operationServer(graphql));
  const webSockets = serveWebSockets(connections, graphql);
  const port = await listen(connections.server, configuration.port, configuration.host);
  const { metrics: address } = configuration.observability;
  const metricsServer = address && (await serveMetrics(exposed, address));
  const metricsPort = metricsServer?.port;
  log.info({ port, metricsPort, subgraphs: [...subgraphs.current().keys()] }, "ready");
  return {
    port,
    metricsPort,
    async close() {
      webSockets.stop();
      streams.stop();
      await connections.drain(GRACE_MS);
      supergraph.close();
      documents.close();
      await pipeline.stop();
      await subgraphs.close();
      await metricsServer?.close();
      await tracing?.close();
    },
  };
}

/** The Apollo Server path is loaded only where it is used, and deleted with its folder and this import. */
async function openPath(
  supergraphSdl: string,
  configuration: GatewayConfiguration,
  plugins: readonly GatewayPlugin[],
  log: Logger,
): Promise<ExecutionPath> {
  const { executor, path } = configuration;
  if (executor === "own" && path === "direct" && plugins.length === 0) return directPath(configuration, log);
  const { openApolloPath } = await import("./apollo/apollo-path.ts");
  return openApolloPath(supergraphSdl, executor, plugins, configuration, log);
}
