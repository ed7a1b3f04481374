import type { IncomingMessage, ServerResponse } from "node:http";
import { sendMetrics } from "../../subgraphs/_shared/metrics/metrics-endpoint.ts";
import { buildVersion } from "../../subgraphs/_shared/serving/build-version.ts";
import { sendJson } from "../../subgraphs/_shared/serving/http.ts";
import { type Attachments, attachmentsReadiness } from "../attachments/open-attachments.ts";
import type { DevEndpoints } from "../demo/dev-endpoints.ts";
import { badRequest } from "../errors.ts";
import type { Metrics } from "../observability/metrics.ts";
import type { PublicPages } from "../pages/public-pages.ts";
import type { Playground } from "../playground/open-playground.ts";
import type { Rest } from "../rest/open-rest.ts";
import type { Subgraphs } from "../subgraph-client/subgraphs.ts";
import { acceptsHtml } from "./accept.ts";
import { admitRequest } from "./admission.ts";
import { serveAttachments } from "./attachment-requests.ts";
import { discardRest } from "./body.ts";
import { needsCorsHeaders, servePreflight } from "./cors.ts";
import { serveDev } from "./dev-requests.ts";
import { sendErrorResponse } from "./error-response.ts";
import { type GraphqlEndpoint, serveGraphql } from "./graphql-request.ts";
import { requestIdOf, setSecurityHeaders } from "./headers.ts";
import { readiness } from "./health.ts";
import { servePages } from "./page-requests.ts";
import { decodedSegment } from "./path-segments.ts";
import { sendPlayground, sendPlaygroundFile } from "./playground-requests.ts";
import { serveRest } from "./rest-requests.ts";

/** All that the gateway serves over HTTP. */
export type Routes = {
  graphql: GraphqlEndpoint;
  subgraphs: Pick<Subgraphs, "current">;
  metrics: Pick<Metrics, "text">;
  /** Undefined outside demo mode. */
  dev: DevEndpoints | undefined;
  playground: Playground | undefined;
  pages: PublicPages;
  rest: Rest;
  /** Undefined where no place of attachments is configured. */
  attachments: Attachments | undefined;
  /** Public keys of the tokens that the gateway issues; undefined where it issues none. */
  keySet: object | undefined;
};

const NO_SEARCH = new URLSearchParams();

/** Listener of the gateway's HTTP server. */
export function requestListener(routes: Routes): (request: IncomingMessage, response: ServerResponse) => void {
  const { graphql } = routes;
  return async (request, response) => {
    const requestId = requestIdOf(request);
    const isUsual = isOperation(request);
    // The response of a plain operation sets these headers together with its own, which is cheaper.
    if (!isUsual || needsCorsHeaders(request, graphql.http.cors)) setSecurityHeaders(response, requestId);
    try {
      if (isUsual) await serveGraphql(graphql, request, response, NO_SEARCH, requestId);
      else await route(routes, request, response, requestId);
    } catch (error) {
      sendErrorResponse(response, error, requestId, graphql.log);
    } finally {
      discardRest(request);
    }
  };
}

/** The most frequent request, recognised without parsing its address. */
function isOperation({ url, method }: IncomingMessage): boolean {
  return url === "/graphql" && method === "POST";
}

async function route(
  routes: Routes,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<void> {
  const { graphql, subgraphs, metrics, dev, playground, pages, rest, keySet, attachments } = routes;
  const address = `http://gateway${request.url}`;
  if (!URL.canParse(address)) throw badRequest("The address of the request is malformed");
  const { pathname, searchParams: search } = new URL(address);
  if (request.method === "OPTIONS" && (pathname === "/graphql" || pathname.startsWith("/api/"))) {
    return servePreflight(request, response, graphql.http.cors);
  }
  const isRead = request.method === "GET" || request.method === "HEAD"; // Node.js leaves the body of a response to HEAD out
  const isPage = isRead && acceptsHtml(request.headers.accept);
  const [, first = "", ...path] = pathname.split("/");
  if (pathname === "/graphql" && !(isPage && playground)) {
    return serveGraphql(graphql, request, response, search, requestId);
  }
  if (pathname === "/health" || pathname === "/health/live") {
    return sendJson(response, 200, { status: "live", ...buildVersion });
  }
  if (pathname === "/version") return sendJson(response, 200, buildVersion);
  if (pathname === "/health/ready") {
    admitRequest(graphql, request, response); // it calls every agency
    const [state, kept] = await Promise.all([
      readiness([...subgraphs.current().values()]),
      attachments && attachmentsReadiness(attachments),
    ]);
    return sendJson(response, state.status === "ready" ? 200 : 503, { ...state, ...(kept && { attachments: kept }) });
  }
  if (pathname === "/.well-known/jwks.json" && isRead && keySet) {
    return sendJson(response, 200, keySet, { "cache-control": "public, max-age=300" });
  }
  if (pathname === "/metrics" && request.method === "GET" && dev) return sendMetrics(metrics, response);
  if (first === "attachments" && attachments) {
    return serveAttachments(attachments, graphql, request, response, { path, requestId });
  }
  if (first === "dev" && dev) {
    const { bodyLimitBytes } = graphql;
    return serveDev({ endpoints: dev, bodyLimitBytes }, request, response, { path, search, requestId });
  }
  if (first === "api") {
    const serving = { rest, attachments, endpoint: graphql };
    const asked = { request, response, path: path.map(decodedSegment), search, requestId };
    if (await serveRest(serving, asked)) return;
  }
  const page = { request, response, folder: first, path, search, requestId };
  if (await servePages(pages, graphql, page, attachments)) return;
  if (playground && isRead) {
    const asked = { request, response, compression: graphql.http.compression };
    // a graph that has no front page of its own is met by the playground
    if (["/", "/graphql", "/playground", "/playground/"].includes(pathname)) return sendPlayground(playground, asked);
    if (first === "playground" && (await sendPlaygroundFile(playground, path.join("/"), asked))) return;
  }
  sendJson(response, 404, { error: { code: "NOT_FOUND", message: "The endpoint is POST /graphql", requestId } });
}
