import type { Logger } from "pino";
import { DEADLINE_HEADER } from "../../subgraphs/_shared/identity/call-headers.ts";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { IDENTITY_HEADER, type IdentityKeys, identitySigner } from "../../subgraphs/_shared/identity/identity.ts";
import type { Metrics } from "../observability/metrics.ts";
import type { FetchTrace } from "../observability/request-trace.ts";
import { compactUtf8, type Utf8, utf8Bytes } from "../utf8.ts";
import { type AgencyStateTracker, recordAgencyState, trackAgencyState } from "./agency-states.ts";
import type { BreakerRules } from "./circuit-breaker/breaker-state.ts";
import { openCircuitBreaker } from "./circuit-breaker/circuit-breaker.ts";
import { sharing, waitFor } from "./deduplication.ts";
import { Flight, type Line, notGraphql } from "./in-flight-request.ts";
import { parseSubgraphResponse } from "./parse-response.ts";
import { cancelled, type SubgraphFailure, timedOut } from "./subgraph-failure.ts";
import { agencyOf } from "./subgraph-names.ts";
import type {
  RequestScope,
  ResponseReceiver,
  Subgraph,
  SubgraphRequest,
  SubgraphResponse,
} from "./subgraph-request.ts";
import { openSubscriptions } from "./subscriptions/subgraph-subscriptions.ts";
import { type ExchangeListener, type HttpClient, type HttpResponse, openTransport } from "./transport/transport.ts";

export type SubgraphOptions = {
  name: string;
  /** `http(s)://…`, or `http+unix://%2Fpath%2Fto%2Fsocket/path`. */
  url: string;
  /** Without keys no identity is sent: a foreign subgraph that knows nothing of it. */
  keys: IdentityKeys | undefined;
  client: HttpClient;
  /** How often a query is sent again. */
  retries: number;
  breaker: BreakerRules;
  /** An answer that was waited for this long without coming is the subgraph's failure. */
  patienceMs: number;
  metrics: Pick<Metrics, "fetch" | "breaker">;
  log: Logger;
};

/**
 * A subgraph over kept connections, asked with a signed identity and nothing else of the client's. Queries whose connection
 * breaks are sent again, mutations never; one that fails again and again is left alone for a while; what is identical for
 * everybody concerned is asked once.
 */
export function openSubgraph(options: SubgraphOptions): Subgraph {
  const { name, url, keys, metrics } = options;
  const agency = compactUtf8(agencyOf(name)); // of ASCII, and part of every answer
  const transport = openTransport(url, options.client);
  const sight = trackAgencyState(() => new Date());
  const here: Here = { name, agency, sight, log: options.log };
  const through = openCircuitBreaker({
    rules: options.breaker,
    patienceMs: options.patienceMs,
    sight,
    changed: (state) => metrics.breaker(name, state),
  });
  const source = openSubscriptions(url, through);
  const sign = keys && identitySigner(keys, { audience: name, issuer: "gateway" });
  const bodies = bodiesOf();
  const shared = sharing({
    isSealed: keys !== undefined,
    takeOff,
    joined: () => metrics.fetch(name, "shared", 0),
  });

  function headersOf(accept: string, body: Utf8, caller: Caller, trace: FetchTrace | undefined): string[] {
    const headers = ["content-type", "application/json", "accept", accept];
    if (sign) headers.push(IDENTITY_HEADER, sign({ body: { latin1: body }, caller, now: Date.now() }));
    if (trace?.traceparent) headers.push("traceparent", trace.traceparent);
    return headers;
  }

  const line: Line = {
    gate: through,
    retries: options.retries,
    random: Math.random,
    send({ body, scope, trace }, leftMs, to) {
      const headers = headersOf("application/json", body, scope.caller, trace);
      headers.push(DEADLINE_HEADER, String(Math.max(1, Math.floor(leftMs))));
      return transport.send(headers, body, to);
    },
    ended(flight, why, reply) {
      const outcome = why?.kind ?? "ok";
      metrics.fetch(name, outcome, (performance.now() - flight.began) / 1_000);
      flight.question.trace?.end(outcome);
      shared.ended(flight, reply);
    },
  };

  function takeOff(call: SubgraphRequest, scope: RequestScope, key?: string): Flight {
    return new Flight(line, { call, body: bodies(call), scope, trace: scope.trace?.fetch(name), key });
  }

  function question(call: SubgraphRequest, scope: RequestScope, to: ExchangeListener): void {
    if (scope.deadline <= performance.now()) to.onFailure(timedOut());
    else if (call.kind === "mutation") waitFor(takeOff(call, scope), scope, to, true);
    else if (scope.signal?.aborted) to.onFailure(cancelled());
    else shared.ask(call, scope, to);
  }

  return {
    name,
    agency,
    url,
    send: (call, scope, to) => question(call, scope, new Asker(here, scope, to)),
    async *subscribe(call, scope, after, signal) {
      const body = bodies(call);
      const trace = scope.trace?.fetch(name);
      const headers = headersOf("text/event-stream", body, scope.caller, trace);
      if (after !== undefined) headers.push("last-event-id", after);
      try {
        for await (const event of source.subscribe(headers, utf8Bytes(body), signal)) {
          if (event === "open") yield event;
          else yield { id: event.id, response: (to) => noted(event.answer, to) };
        }
      } finally {
        trace?.end("ended");
      }
    },
    async close() {
      await Promise.all([transport.close(), source.close()]);
    },
  };

  function noted(answer: SubgraphResponse, { agencies }: RequestScope): SubgraphResponse {
    recordAgencyState(agencies, agency, sight.stateAs("LIVE"));
    return answer;
  }
}

type Here = Pick<SubgraphOptions, "name" | "log"> & { agency: Utf8; sight: AgencyStateTracker };

/** Reads the reply for one who asks, and notes for his request whether the agency could be used. */
class Asker implements ExchangeListener {
  private readonly here: Here;
  private readonly scope: RequestScope;
  private readonly to: ResponseReceiver;

  constructor(here: Here, scope: RequestScope, to: ResponseReceiver) {
    this.here = here;
    this.scope = scope;
    this.to = to;
  }

  onResponse({ status, text }: HttpResponse): void {
    const answer = parseSubgraphResponse(text);
    if (!answer) {
      this.onFailure(notGraphql(status));
      return;
    }
    const { agency, sight } = this.here;
    recordAgencyState(this.scope.agencies, agency, sight.stateAs("LIVE"));
    this.to.onResponse(answer);
  }

  onFailure(why: SubgraphFailure): void {
    const { name, agency, sight, log } = this.here;
    const { requestId, agencies } = this.scope;
    if (why.kind !== "abandoned") {
      recordAgencyState(agencies, agency, sight.stateAs("UNAVAILABLE"));
      log.warn({ requestId, subgraph: name, reason: why.message }, "subgraph unavailable");
    }
    this.to.onFailure(why);
  }
}

const MOST_OPERATIONS = 2_000;

/** Writes bodies. Operations repeat, so that their text is made JSON once. */
function bodiesOf(): (call: SubgraphRequest) => Utf8 {
  const known = new Map<string, Utf8>();
  return ({ query, operationName, variables }) => {
    let begin = known.get(query);
    if (begin === undefined) {
      if (known.size >= MOST_OPERATIONS) known.clear();
      begin = compactUtf8(`{"query":${JSON.stringify(query)},"variables":`);
      known.set(query, begin);
    }
    const name = operationName === undefined ? "" : `,"operationName":${JSON.stringify(operationName)}`; // of ASCII
    return `${begin}${variables}${name}}` as Utf8;
  };
}
