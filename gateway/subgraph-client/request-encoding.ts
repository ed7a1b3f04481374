import { DEADLINE_HEADER } from "../../subgraphs/_shared/identity/call-headers.ts";
import type { FetchTrace } from "../observability/request-trace.ts";
import { compactUtf8, type Utf8 } from "../utf8.ts";
import type { CallerIdentity } from "./caller-identity.ts";
import { appendForwarded } from "./client-headers/forwarded-headers.ts";
import type { RequestScope } from "./request-scope.ts";
import type { SubgraphRequest } from "./subgraph-request.ts";
import { eventIdToHeader } from "./subscriptions/event-ids.ts";

/** Encodes requests to one subgraph as HTTP bodies and headers (names and values alternate). */
export type RequestEncoder = {
  body(request: SubgraphRequest): Utf8;
  /** @param remainingMs until the deadline, which the subgraph is told. */
  headers(body: Utf8, scope: RequestScope, trace: FetchTrace | undefined, remainingMs: number): string[];
  subscriptionHeaders(
    body: Utf8,
    scope: RequestScope,
    trace: FetchTrace | undefined,
    after: string | undefined,
  ): string[];
};

/** @param forwarded names of the client's headers that the subgraph receives. */
export function requestEncoder(identity: CallerIdentity, forwarded: readonly string[] = []): RequestEncoder {
  // the gateway's own place in a trace replaces the client's
  const forwardedInTrace = forwarded.filter((name) => name !== "traceparent");

  function headersFor(accept: string, body: Utf8, scope: RequestScope, trace: FetchTrace | undefined): string[] {
    const headers = ["content-type", "application/json", "accept", accept];
    identity.append(headers, body, scope);
    if (trace?.traceparent) headers.push("traceparent", trace.traceparent);
    if (scope.client && forwarded.length > 0) {
      appendForwarded(headers, scope.client.forwarded, trace?.traceparent ? forwardedInTrace : forwarded);
    }
    return headers;
  }

  return {
    body: bodyEncoder(),
    headers(body, scope, trace, remainingMs) {
      const headers = headersFor("application/json", body, scope, trace);
      headers.push(DEADLINE_HEADER, String(Math.max(1, Math.floor(remainingMs))));
      return headers;
    },
    subscriptionHeaders(body, scope, trace, after) {
      const headers = headersFor("text/event-stream", body, scope, trace);
      if (after) headers.push("last-event-id", eventIdToHeader(after)); // an empty id stands for the beginning
      return headers;
    },
  };
}

const MOST_OPERATIONS = 2_000;

/** Encodes bodies. The JSON text of an operation is kept, because operations repeat. */
function bodyEncoder(): RequestEncoder["body"] {
  const prefixes = new Map<string, Utf8>();
  return ({ query, operationName, variables }) => {
    let prefix = prefixes.get(query);
    if (prefix === undefined) {
      if (prefixes.size >= MOST_OPERATIONS) prefixes.clear();
      prefix = compactUtf8(`{"query":${JSON.stringify(query)},"variables":`);
      prefixes.set(query, prefix);
    }
    // Names are ASCII (GraphQL specification, section 2.1.9), so this is Utf8 too.
    const name = operationName === undefined ? "" : `,"operationName":${JSON.stringify(operationName)}`;
    return `${prefix}${variables}${name}}` as Utf8;
  };
}
