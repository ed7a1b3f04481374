import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { BearerCaller } from "../identity/bearer-callers.ts";
import { READS_HEADER } from "../identity/call-headers.ts";
import type { Caller } from "../identity/caller.ts";
import { IDENTITY_HEADER, type IdentityFault } from "../identity/identity.ts";
import { TokenFault } from "../identity/token-verifier.ts";
import type { AgencyMetrics } from "../metrics/agency-metrics.ts";
import { sendMetrics } from "../metrics/metrics-endpoint.ts";
import { buildVersion } from "./build-version.ts";
import type { Context } from "./context.ts";
import { deadlineOf } from "./deadline.ts";
import { BodyTooLarge, readBody, sendGraphqlError, sendJson } from "./http.ts";
import { graphqlRequests } from "./requests.ts";
import type { ServingMode } from "./serving-mode.ts";
import { type Streams, wantsEvents } from "./streams.ts";
import type { Endpoint } from "./subgraph.ts";
import { parseTraceparent } from "./traceparent.ts";

const BODY_LIMIT = 1_000_000;
/** Codes of the responses that are sent without an execution, by status. */
const CODES: Readonly<Record<number, string>> = { 401: "UNAUTHENTICATED", 413: "BAD_USER_INPUT", 503: "UNAVAILABLE" };
const TOO_LATE = "The deadline of this request passed before its execution began; nothing was done";

/** Verifies a signed identity; asynchronous if the nonces are in the agency's database. */
export type Verify = (
  header: string | undefined,
  body: Buffer,
  now: number,
) => Caller | IdentityFault | Promise<Caller | IdentityFault>;

export type Listening = {
  name: string;
  schema: GraphQLSchema;
  streams: Streams;
  metrics: Pick<AgencyMetrics, "request" | "text">;
  mode: ServingMode;
  log: Logger;
  verify: Verify;
  /** Undefined where the signed identity alone is accepted. */
  bearer: BearerCaller | undefined;
  /** Endpoints beside /graphql, by path. */
  endpoints: Readonly<Record<string, Endpoint>>;
  newContext(caller: Caller, deadline: number | undefined, stream?: Context["stream"]): Context;
  /** Reason for which the agency is not ready; undefined if it is. */
  unreadiness(): Promise<string | undefined>;
};

/** A request for the metrics: its operation, and "ok" or a code. */
type Executed = NonNullable<Context["executed"]>;

/** Receives an agency's HTTP requests. A request without a valid signed identity never reaches the database. */
export function requestListener(listening: Listening): RequestListener {
  const { name, log, mode, metrics } = listening;
  const execute = graphqlExecution(listening);
  const identify = identification(listening);

  const endpointOf = ({ method, url = "" }: IncomingMessage) =>
    method === "POST" && Object.hasOwn(listening.endpoints, url) ? listening.endpoints[url] : undefined;

  /** Answers a question about the agency itself. @returns false for any other request */
  async function tellState(url: string | undefined, response: ServerResponse): Promise<boolean> {
    if (url === "/health" || url === "/health/live")
      sendJson(response, 200, { status: "live", part: name, ...buildVersion });
    else if (url === "/version") sendJson(response, 200, { part: name, ...buildVersion });
    else if (url === "/health/ready") await sendReadiness(response, listening);
    else return false;
    return true;
  }

  /** @returns the operation for the metrics; undefined for a stream, and for what is no request to the register */
  async function receive(
    request: IncomingMessage,
    response: ServerResponse,
    arrived: number,
  ): Promise<Executed | undefined> {
    if (await tellState(request.url, response)) return undefined;
    const endpoint = endpointOf(request);
    const isScrape = request.url === "/metrics" && mode.showsMetrics;
    if (request.url !== "/graphql" && !endpoint && !isScrape)
      return void sendJson(response, 404, { error: "Only /graphql, /health and /version are here" });
    if (mode.isDown()) return void request.socket.destroy();
    if (isScrape) return void (await sendMetrics(metrics, response));
    await mode.beforeRequest();
    const body = await bodyWithin(request, response);
    if (!body) return refused(response);
    if (endpoint) {
      const answer = await endpoint({ headers: request.headers, body });
      log.info({ endpoint: request.url, status: answer.status });
      sendJson(response, answer.status, answer.body);
      return { operation: "endpoint", outcome: answer.status < 400 ? "ok" : String(answer.status) };
    }
    const caller = await identify(request, body, response);
    return caller ? execute(request, response, { caller, body, arrived }) : refused(response);
  }

  return (request, response) => {
    const arrived = performance.now();
    const measure = ({ operation, outcome }: Executed) =>
      metrics.request(operation, outcome, (performance.now() - arrived) / 1_000);
    const received = receive(request, response, arrived).then((executed) => executed && measure(executed));
    received.catch((error: unknown) => {
      measure({ operation: "none", outcome: error instanceof TokenFault ? "UNAVAILABLE" : "INTERNAL" });
      if (error instanceof TokenFault && !response.headersSent) {
        log.warn({ fault: error.message }, "Identity not verified");
        return sendGraphqlError(response, 503, "UNAVAILABLE", error.message, "-");
      }
      log.error({ err: error }, "Request failed");
      if (!response.headersSent)
        sendGraphqlError(response, 500, "INTERNAL", "The agency failed; the fault is logged", "-");
    });
  };
}

/** Outcome of a request that was refused before its execution. */
function refused({ statusCode }: ServerResponse): Executed {
  return { operation: "none", outcome: CODES[statusCode] ?? "BAD_USER_INPUT" };
}

/** Verifies the signed identity or the bearer token of a request; undefined after a refusal, whose response is sent. */
function identification({ log, verify, bearer }: Listening) {
  async function bearing(request: IncomingMessage, response: ServerResponse): Promise<Caller | undefined> {
    const caller = await bearer?.(request, Date.now());
    if (caller && !("fault" in caller)) return caller;
    const reason = caller ? caller.fault : "The request has neither a signed identity nor a token";
    log.warn({ fault: reason }, "Identity refused");
    sendGraphqlError(response, 401, "UNAUTHENTICATED", reason, "-");
    return undefined;
  }

  async function identified(
    request: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
  ): Promise<Caller | undefined> {
    const header = request.headers[IDENTITY_HEADER];
    const caller = await verified(typeof header === "string" ? header : undefined, body);
    if (caller === undefined) {
      sendGraphqlError(response, 503, "UNAVAILABLE", "The agency's database does not answer; nothing was done", "-");
      return undefined;
    }
    if (typeof caller !== "string") return caller;
    log.warn({ fault: caller }, "Identity refused");
    sendGraphqlError(response, 401, "UNAUTHENTICATED", `The signed identity was refused: ${caller}`, "-");
    return undefined;
  }

  /** Undefined if the database cannot tell whether the identity was accepted before. */
  async function verified(header: string | undefined, body: Buffer): Promise<Caller | IdentityFault | undefined> {
    try {
      return await verify(header, body, Date.now());
    } catch (error) {
      log.warn({ err: error }, "The nonce of an identity cannot be looked up");
      return undefined;
    }
  }

  return (request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<Caller | undefined> => {
    const isBearer = bearer !== undefined && request.headers[IDENTITY_HEADER] === undefined;
    return isBearer ? bearing(request, response) : identified(request, body, response);
  };
}

type Received = { caller: Caller; body: Buffer; arrived: number };

/** Executes the GraphQL operation of an identified request, as one response or as an event stream. */
function graphqlExecution({ schema, streams, mode, log, newContext }: Listening) {
  const handle = graphqlRequests(schema, log);
  return async (
    request: IncomingMessage,
    response: ServerResponse,
    { caller, body, arrived }: Received,
  ): Promise<Executed | undefined> => {
    const deadline = deadlineOf(request.headers, arrived);
    const started = performance.now();
    if (deadline !== undefined && started >= deadline) {
      log.info({ requestId: caller.requestId, role: caller.role, outcome: "too late" });
      sendGraphqlError(response, 504, "UNAVAILABLE", TOO_LATE, caller.requestId);
      return { operation: "none", outcome: "too late" };
    }
    if (wantsEvents(request)) {
      const lastEventId = [request.headers["last-event-id"]].flat()[0];
      log.info({ requestId: caller.requestId, role: caller.role, outcome: "stream begins" });
      await streams.serve(response, body.toString(), (signal) =>
        newContext(caller, undefined, { signal, lastEventId }),
      );
      return undefined;
    }
    const context = newContext(caller, deadline);
    const { method = "POST", url = "", headers } = request;
    const [text, init] = await handle({ method, url, headers, body: body.toString(), raw: request, context });
    log.info({
      requestId: caller.requestId,
      role: caller.role,
      ms: Math.round(performance.now() - started),
      status: init.status,
      traceId: parseTraceparent(headers.traceparent)?.traceId,
    });
    const executed = context.executed ?? refused(response);
    if (mode.losesResponse()) {
      request.socket.destroy();
      return executed;
    }
    const responseHeaders = init.headers as Record<string, string>; // graphql-http's own
    if (context.access.isIdle()) responseHeaders[READS_HEADER] = "none";
    response.writeHead(init.status, init.statusText, responseHeaders).end(text);
    return executed;
  };
}

/** Body of a request; undefined if it exceeds the limit, after a response has been sent. */
async function bodyWithin(request: IncomingMessage, response: ServerResponse): Promise<Buffer | undefined> {
  try {
    return await readBody(request, BODY_LIMIT);
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error;
    sendGraphqlError(response, 413, "BAD_USER_INPUT", `The body exceeds ${BODY_LIMIT} bytes`, "-");
    return undefined;
  }
}

async function sendReadiness(response: ServerResponse, { name, mode, unreadiness }: Listening): Promise<void> {
  const reason = mode.isDown() ? "down by the demo's fault mode" : await unreadiness();
  if (reason) sendJson(response, 503, { status: "not ready", reason });
  else sendJson(response, 200, { status: "ready", part: name });
}
