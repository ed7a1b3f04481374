import type { FetchTrace } from "../observability/request-trace.ts";
import type { Utf8 } from "../utf8.ts";
import type { CircuitBreaker, Permit } from "./circuit-breaker/circuit-breaker.ts";
import { cancelled, failureFrom, isRetryable, SubgraphFailure, timedOut } from "./subgraph-failure.ts";
import type { RequestScope, SubgraphRequest } from "./subgraph-request.ts";
import type { Exchange, ExchangeListener, HttpResponse } from "./transport/transport.ts";

export type Question = {
  call: SubgraphRequest;
  body: Utf8;
  /** Of the request that it is sent for. */
  scope: RequestScope;
  trace: FetchTrace | undefined;
  /** By what it may be joined; undefined where it may not. */
  key: string | undefined;
};

/** What all questions to one subgraph have in common. */
export type Line = {
  gate: CircuitBreaker;
  /** How often a query may be sent again when the connection broke or the subgraph asks for patience; a mutation never is. */
  retries: number;
  /** 0 to 1, for the pauses between tries. */
  random: () => number;
  /** Sends a question, each time anew; `leftMs` is how long its answer is waited for. */
  send(question: Question, leftMs: number, to: ExchangeListener): Exchange;
  /** Told before those who wait: with `why` if there was no usable reply. */
  ended(flight: Flight, why: SubgraphFailure | undefined, reply: HttpResponse | undefined): void;
};

const FIRST_PAUSE_MS = 20;

/**
 * One question on its way to a subgraph, with its further tries. Several requests may wait for it. Whoever waits is called
 * back, without promises or closures in between: this is done for every fetch.
 */
export class Flight implements ExchangeListener {
  readonly question: Question;
  /** `performance.now()` milliseconds. */
  readonly began = performance.now();
  /** When it is given up. */
  readonly deadline: number;
  hasEnded = false;
  private readonly line: Line;
  private readonly waiting: ExchangeListener[] = [];
  private readonly timer: NodeJS.Timeout;
  private pass: Permit | undefined;
  private tries = 0;
  private sending: Exchange | undefined;
  private pause: NodeJS.Timeout | undefined;
  private stopped: SubgraphFailure | undefined;
  private reply: HttpResponse | undefined;
  private why: SubgraphFailure | undefined;

  constructor(line: Line, question: Question) {
    this.line = line;
    this.question = question;
    this.deadline = question.scope.deadline;
    this.timer = setTimeout(giveUp, this.deadline - this.began, this);
    this.send();
  }

  /** Waits for its reply, which is told at once if it is there. */
  join(one: ExchangeListener): void {
    if (this.hasEnded) this.tell(one);
    else this.waiting.push(one);
  }

  /** Does not wait any more. When the last one leaves, it is given up. */
  leave(one: ExchangeListener): void {
    const at = this.waiting.indexOf(one);
    if (at < 0) return;
    this.waiting.splice(at, 1);
    if (this.waiting.length === 0) this.stop(cancelled());
  }

  /** Whether anybody waits for it. */
  isWaitedFor(): boolean {
    return this.waiting.length > 0;
  }

  onResponse(reply: HttpResponse): void {
    const why = unusable(reply);
    if (why) this.onFailure(why);
    else this.end(reply, undefined);
  }

  onFailure(why: SubgraphFailure): void {
    if (!this.mayGoAgain() || !isRetryable(why)) {
      this.end(undefined, why);
      return;
    }
    // Spread, so that those whose connections broke at once do not come back at once.
    const ms = FIRST_PAUSE_MS * 2 ** this.tries++ * (0.5 + this.line.random() / 2);
    this.pause = setTimeout(() => this.send(), ms);
  }

  private mayGoAgain(): boolean {
    const { stopped, pass, tries, question, line } = this;
    return !stopped && !!pass && !pass.isProbe && question.call.kind === "query" && tries < line.retries;
  }

  stop(why: SubgraphFailure): void {
    this.stopped ??= why;
    if (this.pause) this.end(undefined, why);
    else this.sending?.abort(why);
  }

  private send(): void {
    this.pause = undefined;
    try {
      this.pass ??= this.line.gate.acquire(this.began);
      this.sending = this.line.send(this.question, this.deadline - performance.now(), this);
    } catch (error) {
      this.onFailure(failureFrom(error));
    }
  }

  private end(reply: HttpResponse | undefined, why: SubgraphFailure | undefined): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.reply = reply;
    this.why = why;
    clearTimeout(this.timer);
    if (this.pause) clearTimeout(this.pause);
    if (this.pass) this.line.gate.release(this.pass, why);
    this.line.ended(this, why, reply);
    for (let one = this.waiting.shift(); one; one = this.waiting.shift()) this.tell(one);
  }

  private tell(one: ExchangeListener): void {
    if (this.reply) one.onResponse(this.reply);
    else if (this.why) one.onFailure(this.why);
  }
}

function giveUp(flight: Flight): void {
  flight.stop(timedOut());
}

/** What is wrong with a reply that is not GraphQL, or a refusal of the gateway itself. */
function unusable({ status, text }: HttpResponse): SubgraphFailure | undefined {
  if (status === 401 || status === 403)
    return new SubgraphFailure("it does not accept this gateway's identity", "unwelcome");
  if (status === 503) return new SubgraphFailure("it failed with HTTP 503", "overloaded");
  if (status >= 500) return new SubgraphFailure(`it failed with HTTP ${status}`, "failed");
  return /^\s*\{/.test(text) ? undefined : notGraphql(status);
}

export function notGraphql(status: number): SubgraphFailure {
  return new SubgraphFailure(`its answer was not GraphQL (HTTP ${status})`, "failed");
}
