import { DEADLINE_HEADER } from "../../subgraphs/_shared/identity/call-headers.ts";
import { IDENTITY_HEADER, type IdentityKeys, identitySigner } from "../../subgraphs/_shared/identity/identity.ts";
import type { FetchTrace } from "../observability/request-trace.ts";
import { compactUtf8, type Utf8 } from "../utf8.ts";
import type { RequestScope } from "./request-scope.ts";
import type { SubgraphRequest } from "./subgraph-request.ts";

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

/** @param keys seal the caller's identity; without keys no identity is sent. @param audience name of the subgraph. */
export function requestEncoder(keys: IdentityKeys | undefined, audience: string): RequestEncoder {
  const sign = keys && identitySigner(keys, { audience, issuer: "gateway" });

  function headersFor(accept: string, body: Utf8, { caller }: RequestScope, trace: FetchTrace | undefined): string[] {
    const headers = ["content-type", "application/json", "accept", accept];
    if (sign) headers.push(IDENTITY_HEADER, sign({ body: { latin1: body }, caller, now: Date.now() }));
    if (trace?.traceparent) headers.push("traceparent", trace.traceparent);
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
      if (after !== undefined) headers.push("last-event-id", after);
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
