import { Refusal } from "../../errors.ts";
import type { RequestSpan } from "../../observability/request-trace.ts";
import { requestScope } from "../../pipeline/create-request-scope.ts";
import { JSON_TYPE, negotiate } from "../accept.ts";
import { clientAddress } from "../client-address.ts";
import { acceptedCoding } from "../compression.ts";
import { errorContent } from "../error-response.ts";
import { type GraphqlEndpoint, type RequestLog, readParameters, report, traceOf } from "../graphql-request.ts";
import { requestIdOf, requireJson, tokenIn } from "../headers.ts";
import { sendCompressed, sendResponse } from "../response-batching.ts";
import type { ServeOperation } from "./operation-connection.ts";
import type { OperationResponse } from "./operation-response.ts";
import type { OperationRequest } from "./read-operation.ts";

/** Serves plain operations as `serveGraphql` serves any request, and writes the same log line for each. */
export function operationServer(endpoint: GraphqlEndpoint): ServeOperation {
  const { log, http } = endpoint;
  const varies = http.cors.origins.size > 0;

  return async (request, response) => {
    if (varies) response.headers = ["vary", "Origin"];
    const started = performance.now();
    const requestId = requestIdOf(request);
    const facts: RequestLog = { outcome: "fault" };
    const trace = traceOf(endpoint, request);
    try {
      await respond(endpoint, request, response, { requestId, started, trace, facts });
    } catch (error) {
      if (error instanceof Refusal) facts.outcome = error.code;
      const { status, headers, body } = errorContent(error, requestId, log);
      const bytes = Buffer.from(JSON.stringify(body));
      const type = ["content-type", `${JSON_TYPE}; charset=utf-8`, "content-length", String(bytes.length)];
      response.send(status, requestId, [...Object.entries(headers).flat(), ...type], bytes);
    } finally {
      report(endpoint, facts, trace, requestId, performance.now() - started);
    }
  };
}

type Arrival = { requestId: string; started: number; trace: RequestSpan; facts: RequestLog };

/** The stages: admit → negotiate → authenticate → read → execute → send. A page of another site does not come here. */
async function respond(
  endpoint: GraphqlEndpoint,
  request: OperationRequest,
  response: OperationResponse,
  { requestId, started, trace, facts }: Arrival,
): Promise<void> {
  const { rateLimiter, pipeline, timeouts, http } = endpoint;
  const { headers, body } = request;
  const address = clientAddress({ headers, socket: response.socket }, http.trustedProxies);
  rateLimiter.admitAddress(address);
  const { type = JSON_TYPE } = negotiate(headers.accept);
  const token = tokenIn(headers.authorization);
  const caller = await endpoint.authenticate(token, requestId);
  facts.caller = caller;
  rateLimiter.admitCaller(caller);
  requireJson(request);
  const parameters = readParameters(endpoint, body, requestId, facts);
  const client = endpoint.openExchange?.(request, token, requestId);
  const scope = requestScope(caller, timeouts, started, { address, signal: response.disconnect, trace, client });
  const result = await pipeline.run(parameters, "POST", scope, (cost) => {
    facts.cost = cost;
    return rateLimiter.spendCost(caller, address, cost);
  });
  facts.outcome = result.outcome;
  const sent = { response, result, type, requestId, returned: client?.returned };
  const coding = acceptedCoding(headers["accept-encoding"], result.text.length, http.compression);
  if (coding) await sendCompressed(sent, coding);
  else sendResponse(sent);
}
