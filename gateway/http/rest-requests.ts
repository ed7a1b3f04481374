import type { IncomingMessage, ServerResponse } from "node:http";
import type { GraphQLFormattedError } from "graphql";
import type { Attachments } from "../attachments/open-attachments.ts";
import { Refusal } from "../errors.ts";
import { stringifyExactly } from "../json-numbers.ts";
import { askedPaper } from "../papers/asked-paper.ts";
import type { Rest } from "../rest/open-rest.ts";
import { type Problem, partialFault, problem, problemOf } from "../rest/problem-details.ts";
import { pathValues, variablesOf } from "../rest/read-arguments.ts";
import type { RestResource } from "../rest/rest-documents.ts";
import { admitRequest } from "./admission.ts";
import { serveAttachments } from "./attachment-requests.ts";
import { ClientGone } from "./body.ts";
import type { GraphqlEndpoint } from "./graphql-request.ts";
import { bearerToken } from "./headers.ts";
import { sendText } from "./page-response.ts";
import { sendPaper } from "./paper-requests.ts";
import { isUnchangedRead, setRateLimits } from "./read-response.ts";
import { executeRegistered, isServed } from "./registered-operation.ts";

export type RestServing = { rest: Rest; attachments: Attachments | undefined; endpoint: GraphqlEndpoint };

/** Time after which a client tries again where a service is away. */
const RETRY_SECONDS = 30;

export type RestRequest = {
  request: IncomingMessage;
  response: ServerResponse;
  /** Decoded segments of the path after /api. */
  path: readonly string[];
  search: URLSearchParams;
  requestId: string;
};

/** Serves REST below /api. False: the graph has nothing of it. */
export async function serveRest(serving: RestServing, asked: RestRequest): Promise<boolean> {
  const { rest, endpoint } = serving;
  if (!rest.resources.some(({ document }) => isServed(endpoint, document))) return false;
  const { request, response, requestId } = asked;
  try {
    await respond(serving, asked);
  } catch (error) {
    if (error instanceof ClientGone || response.headersSent) throw error;
    if (!(error instanceof Refusal)) endpoint.log.error({ requestId, err: error }, "fault");
    await sendProblem(endpoint, request, response, problemOfRefusal(error, requestId), headersOf(error));
  }
  return true;
}

async function respond({ rest, attachments, endpoint }: RestServing, asked: RestRequest): Promise<void> {
  const { request, response, path, search, requestId } = asked;
  const [first, ...more] = path;
  if (first === "attachments" && attachments) {
    return serveAttachments(attachments, endpoint, request, response, { path: more, requestId });
  }
  const address = admitRequest(endpoint, request, response);
  if (request.method !== "GET" && request.method !== "HEAD") {
    throw new Refusal(405, "BAD_USER_INPUT", "REST reads by GET; POST /graphql does everything else", { allow: "GET" });
  }
  if (path.join("/") === "openapi.json") return sendOpenApi(rest, endpoint, request, response);
  const paper = askedPaper(rest.papers, path);
  const found = paper && isServed(endpoint, paper.kind.document) ? paper : resourceOf(rest, endpoint, path);
  const caller = await endpoint.authenticate(bearerToken(request), requestId);
  endpoint.rateLimiter.admitCaller(caller);
  const admitted = { request, response, requestId, caller, address };
  if ("kind" in found) {
    const error = await sendPaper(endpoint, found, admitted);
    return error && sendError(endpoint, request, response, error, requestId);
  }
  const { resource, values } = found;
  const header = (name: string) => request.headers[name.toLowerCase()]?.toString();
  const read = variablesOf(resource, { path: values, search, header });
  if ("faults" in read) throw new Refusal(400, "BAD_USER_INPUT", read.faults.join("; "));
  const { data, errors = [] } = await executeRegistered(endpoint, resource.document, read.variables, admitted);
  const value = data?.[resource.root.name.value] ?? null;
  if (!resource.isPublic) setRateLimits(response, endpoint.rateLimiter, caller, address);
  const [error] = errors;
  if (value === null && error) return sendError(endpoint, request, response, error, requestId);
  const body = { data: value, ...(error && { errors: errors.map(partialFault) }) };
  const text = stringifyExactly(body) ?? "null";
  await sendAnswer(endpoint, request, response, { resource, text, isComplete: !error });
}

type FoundResource = { resource: RestResource; values: ReadonlyMap<string, string> };

/** @throws Refusal where there is no such resource. */
function resourceOf({ resources }: Rest, endpoint: GraphqlEndpoint, path: readonly string[]): FoundResource {
  for (const resource of resources) {
    const values = pathValues(resource, path);
    if (values && isServed(endpoint, resource.document)) return { resource, values };
  }
  throw new Refusal(404, "NOT_FOUND", "There is no such resource; GET /api/openapi.json lists them");
}

/** Sends a GraphQL error that leaves nothing else to send. */
function sendError(
  endpoint: GraphqlEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
  error: GraphQLFormattedError,
  requestId: string,
): Promise<void> {
  const seconds = error.extensions?.retryAfterSeconds;
  const retry: Record<string, string> = typeof seconds === "number" ? { "retry-after": String(seconds) } : {};
  return sendProblem(endpoint, request, response, problemOf(error, requestId), retry);
}

type Answer = { resource: RestResource; text: string; isComplete: boolean };

async function sendAnswer(
  { http }: GraphqlEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
  { resource, text, isComplete }: Answer,
): Promise<void> {
  const headers = resource.parameters.filter((each) => each.in === "header").map(({ name }) => name);
  if (headers.length > 0) response.appendHeader("vary", headers.join(", "));
  const isUnchanged = isUnchangedRead(request, response, { text, isComplete });
  if (isComplete && resource.isPublic) response.setHeader("cache-control", "public, max-age=60");
  if (isUnchanged) return void response.writeHead(304).end();
  await sendText(request, response, { status: 200, type: "application/json; charset=utf-8", text }, http.compression);
}

function sendOpenApi(
  rest: Rest,
  endpoint: GraphqlEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { schema } = endpoint.pipeline.current().operations.version;
  const text = rest.openApiOf(schema, (document) => isServed(endpoint, document));
  response.setHeader("cache-control", "public, max-age=300");
  const sent = { status: 200, type: "application/json; charset=utf-8", text };
  return sendText(request, response, sent, endpoint.http.compression);
}

function sendProblem(
  { http }: GraphqlEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
  details: Problem,
  headers: Record<string, string>,
): Promise<void> {
  if (details.status === 503) response.setHeader("retry-after", String(RETRY_SECONDS));
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const sent = {
    status: details.status,
    type: "application/problem+json; charset=utf-8",
    text: JSON.stringify(details),
  };
  return sendText(request, response, sent, http.compression);
}

function headersOf(error: unknown): Record<string, string> {
  return error instanceof Refusal ? error.headers : {};
}

function problemOfRefusal(error: unknown, requestId: string): Problem {
  if (error instanceof Refusal) return problem(error.status, error.code, error.message, requestId, error.details);
  return problem(500, "INTERNAL", "The gateway failed; the fault is logged under the request id", requestId);
}
