import type { Logger } from "pino";
import type { Metrics } from "../observability/metrics.ts";
import { agencyOf } from "../subgraph-names.ts";
import { compactUtf8, utf8Bytes } from "../utf8.ts";
import { recordAgencyState, trackAgencyState } from "./agency-states.ts";
import type { CallerIdentity } from "./caller-identity.ts";
import type { BreakerRules } from "./circuit-breaker/breaker-state.ts";
import { openCircuitBreaker } from "./circuit-breaker/circuit-breaker.ts";
import { Deadlines } from "./deadlines.ts";
import { Deduplication } from "./deduplication.ts";
import type { InFlightRequest, SubgraphChannel } from "./in-flight-request.ts";
import { requestEncoder } from "./request-encoding.ts";
import type { RequestScope } from "./request-scope.ts";
import { SubgraphCall } from "./subgraph-call.ts";
import type { Subgraph, SubgraphRequest, SubscriptionEvents } from "./subgraph-request.ts";
import type { SubgraphSubscriptions } from "./subscriptions/subgraph-subscriptions.ts";
import { type SubscriptionTransport, subscriptionsOf } from "./subscriptions/subscription-transport.ts";
import { type HttpClient, openTransport } from "./transport/open-transport.ts";

export type SubgraphOptions = {
  name: string;
  /** `http(s)://…`, or `http+unix://%2Fpath%2Fto%2Fsocket/path`. */
  url: string;
  /** Form of the caller's identity for this subgraph. */
  identity: CallerIdentity;
  /** Names of headers of clients that the subgraph receives, and of its responses that clients receive. */
  forwardedHeaders?: readonly string[];
  returnedHeaders?: readonly string[];
  /** Protocol or address of its subscriptions. */
  subscriptions?: SubscriptionTransport;
  /** Undefined: chosen by the address. */
  client: HttpClient | undefined;
  /** Retries of a query. */
  retries: number;
  breaker: BreakerRules;
  /** A timeout counts as the subgraph's failure only if the subgraph had at least this long. */
  patienceMs: number;
  metrics: Pick<Metrics, "fetch" | "breaker">;
  log: Logger;
};

/** Opens the client of one subgraph. subgraph-call.ts documents the path of a call. */
export function openSubgraph(options: SubgraphOptions): Subgraph {
  const { name, url, identity, client, retries, metrics, log, forwardedHeaders, returnedHeaders } = options;
  const agencyState = trackAgencyState(() => new Date());
  const circuitBreaker = openCircuitBreaker({
    rules: options.breaker,
    patienceMs: options.patienceMs,
    agencyState,
    onChange: (state) => metrics.breaker(name, state),
  });
  const channel: SubgraphChannel = {
    ...{ name, retries, circuitBreaker, agencyState, metrics, log },
    agency: compactUtf8(agencyOf(name)),
    deduplication: new Deduplication<InFlightRequest>(identity, forwardedHeaders, returnedHeaders),
    deadlines: new Deadlines(),
    random: Math.random,
    transport: openTransport(url, client),
    encoder: requestEncoder(identity, forwardedHeaders),
    returnedHeaders: returnedHeaders?.length ? returnedHeaders : undefined,
  };
  const subscriptions = subscriptionsOf(url, options.subscriptions, circuitBreaker);
  return {
    ...{ name, url, agency: channel.agency, observed: agencyState.current },
    send: (request, scope, receiver) => new SubgraphCall(channel, request, scope, receiver).start(),
    subscribe: (request, scope, after, signal) => subscribe(channel, subscriptions, { request, scope, after, signal }),
    async close() {
      await Promise.all([channel.transport.close(), subscriptions.close()]);
    },
  };
}

type SubscribeParameters = {
  request: SubgraphRequest;
  scope: RequestScope;
  after: string | undefined;
  signal: AbortSignal;
};

async function* subscribe(
  { name, agency, agencyState, encoder }: SubgraphChannel,
  subscriptions: SubgraphSubscriptions,
  { request, scope, after, signal }: SubscribeParameters,
): SubscriptionEvents {
  const body = encoder.body(request);
  const trace = scope.trace?.fetch(name);
  const headers = encoder.subscriptionHeaders(body, scope, trace, after);
  try {
    for await (const event of subscriptions.subscribe(headers, utf8Bytes(body), signal)) {
      if (event === "open") yield event;
      else {
        yield {
          id: event.id,
          response({ agencies }) {
            recordAgencyState(agencies, agency, agencyState.stateAs("LIVE"));
            return event.response;
          },
        };
      }
    }
  } finally {
    trace?.end("ended");
  }
}
