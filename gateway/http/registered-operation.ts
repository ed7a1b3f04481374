import type { IncomingMessage, ServerResponse } from "node:http";
import type { GraphQLFormattedError } from "graphql";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { parseExactly } from "../json-numbers.ts";
import { requestScope } from "../pipeline/create-request-scope.ts";
import type { GraphqlParameters } from "../pipeline/graphql-parameters.ts";
import { fromUtf8 } from "../utf8.ts";
import { disconnectBefore } from "./client-disconnect.ts";
import { type GraphqlEndpoint, type RequestLog, report, traceOf } from "./graphql-request.ts";

/** GraphQL response as a program of the gateway reads it. Numbers keep their digits. */
export type OperationAnswer = {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
  extensions?: { agencies?: Record<string, { state: string }> };
};

/** An admitted request of a caller. */
export type AdmittedRequest = {
  request: IncomingMessage;
  response: ServerResponse;
  requestId: string;
  caller: Caller;
  /** Address of the client, by which anonymous callers are counted. */
  address: string;
};

/** True if the graph has everything that a document selects; a graph of somebody else has not. */
export function isServed({ pipeline }: GraphqlEndpoint, document: string): boolean {
  return pipeline.current().operations.prepare(document, undefined).kind === "prepared";
}

/**
 * Executes an operation that the gateway itself has registered, for a request of another form than GraphQL's; a mutation only for
 * a POST. Rights, limits, cost and the request log are those of any operation.
 */
export async function executeRegistered(
  endpoint: GraphqlEndpoint,
  query: string,
  variables: NonNullable<GraphqlParameters["variables"]>,
  { request, response, requestId, caller, address }: AdmittedRequest,
): Promise<OperationAnswer> {
  const started = performance.now();
  const parameters: GraphqlParameters = { query, variables };
  const facts: RequestLog = { outcome: "fault", caller, parameters, isRegistered: true };
  const trace = traceOf(endpoint, request);
  const signal = disconnectBefore(response);
  const scope = requestScope(caller, endpoint.timeouts, started, { address, signal, trace, client: undefined });
  try {
    const result = await endpoint.pipeline.run(
      parameters,
      request.method === "POST" ? "POST" : "GET",
      scope,
      (cost) => {
        facts.cost = cost;
        return endpoint.rateLimiter.spendCost(caller, address, cost);
      },
    );
    facts.outcome = result.outcome;
    return parseExactly(fromUtf8(result.text)) as OperationAnswer; // the pipeline writes GraphQL responses only
  } finally {
    report(endpoint, facts, trace, requestId, performance.now() - started);
  }
}
