import { recordAgencyState, recordReportedStates } from "./agency-states.ts";
import { InFlightRequest, type SubgraphChannel, type Waiter } from "./in-flight-request.ts";
import { parseSubgraphResponse } from "./parse-response.ts";
import type { DisconnectListener, RequestScope } from "./request-scope.ts";
import { cancelled, notGraphql, SubgraphFailure, timedOut } from "./subgraph-failure.ts";
import type { ResponseReceiver, SubgraphRequest } from "./subgraph-request.ts";
import type { HttpResponse } from "./transport/transport.ts";

/**
 * A call of a subgraph on behalf of one request of a client. Its path:
 *
 * 1. deduplicate: a query joins an identical request in flight (`SubgraphCall.joinOrSend`);
 * 2. retry: a query is sent again when the connection breaks (`InFlightRequest.onFailure`);
 * 3. circuit breaker: the first attempt needs a permit (`InFlightRequest.attempt`);
 * 4. transport: the HTTP exchange (`Transport.send`).
 *
 * The result returns by `ExchangeListener` → `InFlightRequest.end` → `SubgraphCall.onEnd` → `ResponseReceiver`.
 */
export class SubgraphCall implements Waiter, DisconnectListener {
  private readonly channel: SubgraphChannel;
  private readonly request: SubgraphRequest;
  private readonly scope: RequestScope;
  private readonly receiver: ResponseReceiver;
  /** Request that the call waits for, and whether another call has sent it. */
  private inFlight: InFlightRequest | undefined;
  private hasJoined = false;
  private deadlineTimer: NodeJS.Timeout | undefined;

  constructor(channel: SubgraphChannel, request: SubgraphRequest, scope: RequestScope, receiver: ResponseReceiver) {
    this.channel = channel;
    this.request = request;
    this.scope = scope;
    this.receiver = receiver;
  }

  start(): void {
    const { request, scope } = this;
    if (scope.deadline <= performance.now()) this.fail(timedOut());
    else if (request.kind === "mutation") this.send(undefined);
    else if (scope.signal?.aborted) this.fail(cancelled());
    else this.joinOrSend();
  }

  private joinOrSend(): void {
    const { channel, request, scope } = this;
    const key = channel.deduplication.keyOf(request, scope);
    const identical = key === undefined ? undefined : channel.deduplication.find(key, scope);
    if (identical) this.join(identical);
    else this.send(key);
  }

  private join(identical: InFlightRequest): void {
    const { name, metrics } = this.channel;
    metrics.fetch(name, "shared", 0);
    this.hasJoined = true;
    this.waitFor(identical);
  }

  private send(key: string | undefined): void {
    const inFlight = new InFlightRequest(this.channel, this.request, this.scope, key);
    this.hasJoined = false;
    this.waitFor(inFlight);
    inFlight.start();
  }

  /** A mutation is awaited to its end, because it takes effect even if the client has disconnected. */
  private waitFor(inFlight: InFlightRequest): void {
    const { deadline, signal } = this.scope;
    this.inFlight = inFlight;
    inFlight.addWaiter(this);
    if (inFlight.deadline > deadline) {
      this.deadlineTimer = setTimeout(() => this.leave(timedOut()), deadline - performance.now());
    }
    if (this.request.kind === "query") signal?.addEventListener("abort", this);
  }

  onEnd(result: HttpResponse | SubgraphFailure): void {
    this.stopWaiting();
    if (result instanceof SubgraphFailure) this.fail(result);
    else if (this.isUsable(result)) this.respond(result);
    else this.send(undefined);
  }

  /** False if the response belongs to the request of another call alone. */
  private isUsable(response: HttpResponse): boolean {
    const { channel, scope, inFlight } = this;
    return !this.hasJoined || !inFlight || channel.deduplication.isShareable(response, inFlight, scope);
  }

  private respond(received: HttpResponse): void {
    const { channel, scope, receiver } = this;
    const response = receiver.read?.(received.text) ?? parseSubgraphResponse(received.text);
    if (response) {
      if (channel.returnedHeaders) scope.client?.returned?.add(received, channel.returnedHeaders);
      recordAgencyState(scope.agencies, channel.agency, channel.agencyState.stateAs("LIVE"));
      recordReportedStates(scope.agencies, response.extensions?.unavailable);
      receiver.onResponse(response);
    } else {
      this.fail(notGraphql(received.status));
    }
  }

  /** Client disconnect. */
  handleEvent(): void {
    this.leave(cancelled());
  }

  private leave(failure: SubgraphFailure): void {
    this.stopWaiting();
    this.inFlight?.removeWaiter(this);
    this.fail(failure);
  }

  private stopWaiting(): void {
    if (this.deadlineTimer) clearTimeout(this.deadlineTimer);
    if (this.request.kind === "query") this.scope.signal?.removeEventListener("abort", this);
  }

  private fail(failure: SubgraphFailure): void {
    const { channel, scope, receiver } = this;
    if (failure.kind !== "cancelled") {
      const { requestId, agencies } = scope;
      recordAgencyState(agencies, channel.agency, channel.agencyState.stateAs("UNAVAILABLE"));
      channel.log.warn({ requestId, subgraph: channel.name, reason: failure.message }, "subgraph unavailable");
    }
    receiver.onFailure(failure);
  }
}
