import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { badRequest, Refusal } from "../errors.ts";
import type { Authenticate } from "../identity/tokens.ts";
import type { Metrics } from "../observability/metrics.ts";
import { PLAN_HEADER, withPlanExtension } from "../observability/plan-extension.ts";
import { type RequestSpan, type Tracing, untracedRequest } from "../observability/request-trace.ts";
import { requestScope } from "../pipeline/create-request-scope.ts";
import type { DocumentLookup } from "../pipeline/documents/document-lookup.ts";
import type { GraphqlParameters } from "../pipeline/graphql-parameters.ts";
import type { Limits } from "../pipeline/limits/limits-configuration.ts";
import type { RateLimiter } from "../pipeline/limits/rate-limiter.ts";
import type { OpenExchange } from "../subgraph-client/client-headers/client-exchange.ts";
import { JSON_TYPE, negotiate } from "./accept.ts";
import { type Admission, admitRequest } from "./admission.ts";
import { ClientGone, readRequestBody } from "./body.ts";
import { disconnectBefore } from "./client-disconnect.ts";
import { acceptedCoding } from "./compression.ts";
import { bearerToken, requireJson } from "./headers.ts";
import { loggedOperationName } from "./operation-name.ts";
import { bodyParameters, searchParameters } from "./read-parameters.ts";
import { isUnchangedRead, setRateLimits } from "./read-response.ts";
import { sendCompressed, sendResponse } from "./response-batching.ts";
import { type StreamServing, serveStream } from "./stream-request.ts";

/** Dependencies of the GraphQL endpoint. */
export type GraphqlEndpoint = Admission &
  StreamServing & {
    rateLimiter: RateLimiter;
    authenticate: Authenticate;
    documents: Pick<DocumentLookup, "find">;
    bodyLimitBytes: number;
    limits: Limits;
    metrics: Pick<Metrics, "request">;
    /** Undefined where no header passes between clients and subgraphs. */
    openExchange: OpenExchange | undefined;
    /** Undefined where no traces are exported. */
    tracing: Tracing | undefined;
    /** True in demo mode, where developers may ask for the query plan. */
    offersPlan: boolean;
    log: Logger;
  };

/** Facts of a request for its log line, its metrics and its span. */
export type RequestLog = {
  outcome: string;
  caller?: Caller;
  parameters?: GraphqlParameters;
  cost?: number;
  isStream?: true;
  /** True for a document of the manifest of trusted documents. */
  isRegistered?: boolean;
};

/** Serves GraphQL over HTTP and writes one log line per request: caller, operation, duration and outcome. */
export async function serveGraphql(
  endpoint: GraphqlEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
  search: URLSearchParams,
  requestId: string,
): Promise<void> {
  const started = performance.now();
  const facts: RequestLog = { outcome: "fault" };
  const trace = traceOf(endpoint, request);
  try {
    await respond(endpoint, request, response, { search, requestId, started, trace, facts });
  } catch (error) {
    if (error instanceof Refusal) facts.outcome = error.code;
    if (error instanceof ClientGone) facts.outcome = "client gone";
    throw error;
  } finally {
    report(endpoint, facts, trace, requestId, performance.now() - started);
  }
}

type Arrival = {
  search: URLSearchParams;
  requestId: string;
  started: number;
  trace: RequestSpan;
  /** Completed as the request proceeds. */
  facts: RequestLog;
};

/** The stages of HTTP: admit → negotiate → authenticate → read → execute → send. */
async function respond(
  endpoint: GraphqlEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
  { search, requestId, started, trace, facts }: Arrival,
): Promise<void> {
  const { rateLimiter, pipeline, timeouts } = endpoint;
  const address = admitRequest(endpoint, request, response);
  const { type, framing } = negotiate(request.headers.accept);
  const token = bearerToken(request);
  const authenticate = () => endpoint.authenticate(token, requestId);
  const caller = await authenticate();
  facts.caller = caller;
  rateLimiter.admitCaller(caller);
  requireReadable(request);
  const body = request.method === "POST" ? await readRequestBody(request, endpoint.bodyLimitBytes) : undefined;
  const parameters = readParameters(endpoint, body ?? search, requestId, facts);
  const client = endpoint.openExchange?.(request, token, requestId);
  const scope = requestScope(caller, timeouts, started, { address, signal: disconnectBefore(response), trace, client });
  const chargeCost = (cost: number) => {
    facts.cost = cost;
    return rateLimiter.spendCost(caller, address, cost);
  };
  if (framing && (!type || pipeline.isSubscription(parameters))) {
    facts.isStream = true;
    const stream = { framing, parameters, scope, chargeCost, address, authenticate };
    facts.outcome = await serveStream(endpoint, request, response, stream);
    return;
  }
  const result = await pipeline.run(parameters, request.method ?? "", scope, chargeCost);
  facts.outcome = result.outcome;
  if (request.method === "GET") {
    setRateLimits(response, rateLimiter, caller, address);
    const { text, outcome } = result;
    if (isUnchangedRead(request, response, { text, isComplete: outcome === "ok" })) {
      client?.returned?.setOn(response);
      return void response.writeHead(304).end();
    }
  }
  // a client that accepts neither type has received events above
  const sent = { response, result, type: type ?? JSON_TYPE, requestId, returned: client?.returned };
  const coding = acceptedCoding(request.headers["accept-encoding"], result.text.length, endpoint.http.compression);
  if (coding) await sendCompressed(sent, coding);
  else sendResponse(sent);
}

export function report(
  { metrics, log }: GraphqlEndpoint,
  { outcome, caller, parameters, cost, isStream, isRegistered }: RequestLog,
  trace: RequestSpan,
  requestId: string,
  ms: number,
): void {
  const operation = loggedOperationName(parameters);
  const role = caller?.role;
  const isKnownClient = isRegistered === true || (role !== undefined && role !== "anonymous");
  // the duration of a stream is its client's choice
  if (!isStream) metrics.request(operation, outcome, ms / 1_000, isKnownClient);
  trace.end({ requestId, operation, role, outcome });
  const { traceId, fetches } = trace;
  log.info({ requestId, operation, role, ms: Math.round(ms), outcome, fetches, cost, traceId });
}

/** Trace of a request, in demo mode with a record of the query plan where a developer asks for it. */
export function traceOf(
  { tracing, offersPlan }: GraphqlEndpoint,
  { headers }: Pick<IncomingMessage, "headers">,
): RequestSpan {
  const trace = tracing?.request(headers.traceparent) ?? untracedRequest();
  return offersPlan && headers[PLAN_HEADER] === "1" ? withPlanExtension(trace) : trace;
}

/** @throws Refusal of a request that is neither a GET nor a POST of JSON. */
function requireReadable(request: IncomingMessage): void {
  if (request.method === "POST") requireJson(request);
  else if (request.method !== "GET") throw badRequest("Only GET and POST are served", 405, { allow: "GET, POST" });
}

/** @param sent body of a POST, or the address of a GET. @throws Refusal */
export function readParameters(
  { limits, documents }: Pick<GraphqlEndpoint, "limits" | "documents">,
  sent: Buffer | URLSearchParams,
  requestId: string,
  facts: RequestLog,
): GraphqlParameters {
  const given = sent instanceof URLSearchParams ? searchParameters(sent, limits) : bodyParameters(sent, limits);
  const { operationName, variables } = given;
  const extensions = given.extensions && withoutPersistedQuery(given.extensions);
  const { text: query, isRegistered } = documents.find(given, requestId);
  facts.parameters = { query, operationName, variables, extensions };
  facts.isRegistered = isRegistered;
  return facts.parameters;
}

/** The document is already looked up; Apollo Server would look it up again. */
function withoutPersistedQuery({ persistedQuery: _, ...extensions }: Record<string, unknown>): Record<string, unknown> {
  return extensions;
}
