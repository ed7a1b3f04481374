import type { Logger } from "pino";
import type { Metrics } from "../observability/metrics.ts";
import type { FetchTrace } from "../observability/request-trace.ts";
import type { Utf8 } from "../utf8.ts";
import type { AgencyStateTracker } from "./agency-states.ts";
import type { CircuitBreaker, Permit } from "./circuit-breaker/circuit-breaker.ts";
import type { Deadlines, Expiring } from "./deadlines.ts";
import type { Deduplication } from "./deduplication.ts";
import type { RequestEncoder } from "./request-encoding.ts";
import type { RequestScope } from "./request-scope.ts";
import {
  cancelled,
  failureFrom,
  identityRefused,
  isRetryable,
  notGraphql,
  SubgraphFailure,
  timedOut,
} from "./subgraph-failure.ts";
import type { SubgraphRequest } from "./subgraph-request.ts";
import type { Exchange, ExchangeListener, HttpResponse, Transport } from "./transport/transport.ts";

/** State that the calls of one subgraph share. */
export type SubgraphChannel = {
  readonly name: string;
  readonly agency: Utf8;
  readonly deduplication: Deduplication<InFlightRequest>;
  readonly deadlines: Deadlines;
  /** Retries of a query. A mutation is sent once. */
  readonly retries: number;
  /** 0 to 1, spreads the retries. */
  readonly random: () => number;
  readonly circuitBreaker: CircuitBreaker;
  readonly transport: Transport;
  readonly encoder: RequestEncoder;
  /** Names of the headers of responses that clients receive; undefined for none. */
  readonly returnedHeaders: readonly string[] | undefined;
  readonly agencyState: AgencyStateTracker;
  readonly metrics: Pick<Metrics, "fetch">;
  readonly log: Logger;
};

/** A call that waits for the end of a request. */
export type Waiter = { onEnd(result: HttpResponse | SubgraphFailure): void };

const FIRST_PAUSE_MS = 20;

/**
 * A request to a subgraph that one or more calls wait for: the second half of a call's path, see subgraph-call.ts. Each step
 * calls the next one, top to bottom; the exchange with the subgraph ends in `onResponse` or `onFailure`.
 */
export class InFlightRequest implements ExchangeListener, Expiring {
  readonly request: SubgraphRequest;
  readonly scope: RequestScope;
  readonly key: string | undefined;
  readonly deadline: number;
  position = -1;
  private readonly channel: SubgraphChannel;
  private readonly began = performance.now();
  private readonly body: Utf8;
  private readonly trace: FetchTrace | undefined;
  private readonly waiters: Waiter[] = [];
  private retryTimer: NodeJS.Timeout | undefined;
  private retries = 0;
  private permit: Permit | undefined;
  private exchange: Exchange | undefined;
  private isCancelled = false;
  private hasEnded = false;

  /** @param key under which other calls may join. */
  constructor(channel: SubgraphChannel, request: SubgraphRequest, scope: RequestScope, key: string | undefined) {
    this.channel = channel;
    this.request = request;
    this.scope = scope;
    this.key = key;
    this.deadline = scope.deadline;
    this.body = channel.encoder.body(request);
    this.trace = scope.trace?.fetch(channel.name);
    channel.deadlines.add(this);
  }

  start(): void {
    this.channel.deduplication.add(this);
    this.attempt();
  }

  /** Circuit breaker, then transport. A request keeps its permit for all its attempts. */
  private attempt(): void {
    const { circuitBreaker, transport, encoder } = this.channel;
    this.retryTimer = undefined;
    try {
      this.permit ??= circuitBreaker.acquire(this.began);
      const now = this.retries === 0 ? this.began : performance.now();
      const headers = encoder.headers(this.body, this.scope, this.trace, this.deadline - now);
      this.exchange = transport.send(headers, this.body, this);
    } catch (error) {
      this.onFailure(failureFrom(error));
    }
  }

  onResponse(response: HttpResponse): void {
    const failure = failureOf(response);
    if (failure) this.onFailure(failure);
    else this.end(response);
  }

  onFailure(failure: SubgraphFailure): void {
    if (this.mayRetry(failure)) this.retryLater();
    else this.end(failure);
  }

  /** A probe is not retried: its first outcome decides about the circuit breaker. */
  private mayRetry(failure: SubgraphFailure): boolean {
    const { channel, permit, request } = this;
    if (this.isCancelled || request.kind !== "query" || this.retries >= channel.retries) return false;
    return permit !== undefined && !permit.isProbe && isRetryable(failure);
  }

  /** Pauses are random, so that requests whose connections broke together do not return together. */
  private retryLater(): void {
    const pauseMs = FIRST_PAUSE_MS * 2 ** this.retries++ * (0.5 + this.channel.random() / 2);
    this.retryTimer = setTimeout(() => this.attempt(), pauseMs);
  }

  private end(result: HttpResponse | SubgraphFailure): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.channel.deadlines.remove(this);
    if (this.retryTimer) clearTimeout(this.retryTimer);
    const { circuitBreaker, metrics, deduplication, name } = this.channel;
    const failure = result instanceof SubgraphFailure ? result : undefined;
    const response = result instanceof SubgraphFailure ? undefined : result;
    const now = performance.now();
    if (this.permit) circuitBreaker.release(this.permit, failure, now);
    const outcome = failure?.kind ?? "ok";
    metrics.fetch(name, outcome, (now - this.began) / 1_000);
    this.trace?.end(outcome);
    deduplication.remove(this, response);
    for (let waiter = this.waiters.shift(); waiter; waiter = this.waiters.shift()) waiter.onEnd(result);
  }

  addWaiter(waiter: Waiter): void {
    this.waiters.push(waiter);
  }

  /** Cancels the request when its last waiter leaves. */
  removeWaiter(waiter: Waiter): void {
    const at = this.waiters.indexOf(waiter);
    if (at < 0) return;
    this.waiters.splice(at, 1);
    if (this.waiters.length === 0) this.cancel(cancelled());
  }

  hasWaiters(): boolean {
    return this.waiters.length > 0;
  }

  expire(): void {
    this.cancel(timedOut());
  }

  private cancel(reason: SubgraphFailure): void {
    this.isCancelled = true;
    if (this.retryTimer) this.end(reason);
    else this.exchange?.abort(reason);
  }
}

/** A byte order mark, white space and the beginning of an object. */
const OBJECT = /^(?:\u00ef\u00bb\u00bf)?\s*\{/;

/** The failure that a response stands for; undefined if it can be GraphQL. */
function failureOf({ status, text }: HttpResponse): SubgraphFailure | undefined {
  if (status === 401 || status === 403) return identityRefused();
  if (status === 503) return new SubgraphFailure("it failed with HTTP 503", "overloaded");
  if (status >= 500) return new SubgraphFailure(`it failed with HTTP ${status}`, "failed");
  return OBJECT.test(text) ? undefined : notGraphql(status);
}
