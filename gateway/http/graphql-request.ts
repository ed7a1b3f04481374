import type { IncomingMessage, ServerResponse } from "node:http";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { badRequest, Refusal } from "../errors.ts";
import { PLAN_HEADER, withPlanExtension } from "../observability/plan-extension.ts";
import { type RequestSpan, untracedRequest } from "../observability/request-trace.ts";
import type { GraphqlResponse } from "../pipeline/graphql-response.ts";
import { requestScope } from "../pipeline/request-scope.ts";
import type { Gateway } from "../server.ts";
import { acceptsEventStream, GRAPHQL_TYPE, JSON_TYPE, negotiatedType } from "./accept.ts";
import { admitRequest } from "./admission.ts";
import { ClientGone, readRequestBody } from "./body.ts";
import { clientDisconnect } from "./client-disconnect.ts";
import { bearerToken, requireJson } from "./headers.ts";
import { loggedOperationName } from "./operation-name.ts";
import { bodyParameters, type GraphqlParameters, searchParameters } from "./read-parameters.ts";
import { sendResponse } from "./response-batching.ts";
import { serveStream } from "./subscription-request.ts";

type RequestLog = {
  caller?: Caller;
  parameters?: GraphqlParameters;
  answer?: GraphqlResponse;
  cost?: number;
  isStream?: true;
};

/** GraphQL over HTTP for clients, and one log line for each request: who, what, how long, how it went. */
export async function serveGraphql(
  gateway: Gateway,
  request: IncomingMessage,
  response: ServerResponse,
  search: URLSearchParams,
  requestId: string,
): Promise<void> {
  const started = performance.now();
  const story: RequestLog = {};
  const trace = traceOf(gateway, request);
  let outcome = "fault";
  try {
    const address = await admitRequest(gateway, request, response);
    const type = negotiatedType(request.headers.accept);
    const mayStream = acceptsEventStream(request.headers.accept);
    if (!type && !mayStream) throw badRequest(`Accept must allow ${JSON_TYPE} or ${GRAPHQL_TYPE}`, 406);
    const token = bearerToken(request);
    const authenticate = () => gateway.authenticate(token, requestId);
    const caller = await authenticate();
    story.caller = caller;
    await gateway.allowance.admitCaller(caller);
    story.parameters = await parametersOf(gateway, request, search, requestId);
    const seen = { signal: clientDisconnect(response), trace };
    const scope = requestScope(caller, gateway.configuration, started, seen);
    const spend = (cost: number) => {
      story.cost = cost;
      return gateway.allowance.spendCost(caller, address, cost);
    };
    const { parameters } = story;
    if (mayStream && (!type || gateway.graphql.isSubscription(parameters))) {
      story.isStream = true;
      const asked = { parameters, scope, admit: spend, address, authenticate };
      outcome = await serveStream(gateway, request, response, asked);
      return;
    }
    story.answer = await gateway.graphql.run(parameters, request.method ?? "", scope, spend);
    outcome = story.answer.outcome;
    // who takes none of both types got events above
    sendResponse({ response, answer: story.answer, type: type ?? JSON_TYPE, requestId });
  } catch (error) {
    if (error instanceof Refusal) outcome = error.code;
    if (error instanceof ClientGone) outcome = "client gone";
    throw error;
  } finally {
    const operation = loggedOperationName(story.parameters);
    const ms = performance.now() - started;
    if (!story.isStream) gateway.metrics.request(operation, outcome, ms / 1_000); // how long one is read says nothing
    const role = story.caller?.role;
    trace.end({ requestId, operation, role, outcome });
    const { traceId, fetches } = trace;
    const { cost } = story;
    gateway.log.info({ requestId, operation, role, ms: Math.round(ms), outcome, fetches, cost, traceId });
  }
}

/** What is seen of a request; in demo mode its plan too, where a developer asks for it. */
function traceOf({ tracing, dev }: Gateway, { headers }: IncomingMessage): RequestSpan {
  const trace = tracing?.request(headers.traceparent) ?? untracedRequest();
  return dev && headers[PLAN_HEADER] === "1" ? withPlanExtension(trace) : trace;
}

async function parametersOf(
  { configuration: { bodyLimitBytes, limits }, documents }: Gateway,
  request: IncomingMessage,
  search: URLSearchParams,
  requestId: string,
): Promise<GraphqlParameters> {
  const isGet = request.method === "GET";
  if (!isGet && request.method !== "POST")
    throw badRequest("Only GET and POST are served", 405, { allow: "GET, POST" });
  if (!isGet) requireJson(request);
  const sent = isGet
    ? searchParameters(search)
    : bodyParameters(await readRequestBody(request, bodyLimitBytes), limits);
  const { operationName, variables } = sent;
  const extensions = sent.extensions && withoutPersistedQuery(sent.extensions);
  return { query: documents.find(sent, requestId), operationName, variables, extensions };
}

/** It has been found; Apollo Server would look for it once more. */
function withoutPersistedQuery({ persistedQuery: _, ...extensions }: Record<string, unknown>): Record<string, unknown> {
  return extensions;
}
