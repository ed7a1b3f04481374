import { Pool } from "undici";
import { READS_HEADER } from "../../../subgraphs/_shared/identity/call-headers.ts";
import { receivedUtf8, utf8Bytes } from "../../utf8.ts";
import { failureFrom, type SubgraphFailure } from "../subgraph-failure.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Exchange, ExchangeListener, Transport } from "./transport.ts";
import { CONNECT_MS, LONGEST_ANSWER_BYTES } from "./transport-limits.ts";

const NOTHING = Buffer.alloc(0);

/** undici's `dispatch` costs two thirds of its `request`, whose bodies are streams (measured; the README has the figures). */
export function openUndiciTransport({ origin, path, socketPath }: Endpoint, most: number): Transport {
  const pool = new Pool(origin, {
    connections: most,
    pipelining: 1,
    connect: { timeout: CONNECT_MS, ...(socketPath && { socketPath }) },
    headersTimeout: 0, // each request has its own deadline
    bodyTimeout: 0,
    maxResponseSize: LONGEST_ANSWER_BYTES,
  });

  return {
    send(headers, body, to) {
      const exchange = new UndiciExchange(to);
      pool.dispatch({ method: "POST", path, headers, body: utf8Bytes(body) }, exchange);
      return exchange;
    },
    close: () => pool.destroy(),
  };
}

/**
 * A request and what comes back. Its methods have the older names of undici's handlers: the newer ones cost a controller and a
 * parsed object of headers for each answer.
 */
class UndiciExchange implements Exchange {
  private readonly to: ExchangeListener;
  private hasEnded = false;
  private aborted: SubgraphFailure | undefined;
  private stop: ((why: Error) => void) | undefined;
  private status = 0;
  private recordsNothing = false;
  private bytes: Buffer = NOTHING;
  private more: Buffer[] | undefined;

  constructor(to: ExchangeListener) {
    this.to = to;
  }

  abort(why: SubgraphFailure): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.aborted = why;
    this.to.onFailure(why);
    this.stop?.(why);
  }

  onConnect(stop: (why?: Error) => void): void {
    if (this.aborted) stop(this.aborted);
    else this.stop = stop;
  }

  onHeaders(status: number, headers: Buffer[]): boolean {
    this.status = status;
    this.recordsNothing = headerOf(headers, READS_HEADER) === "none";
    return true;
  }

  onData(chunk: Buffer): boolean {
    if (this.bytes === NOTHING) this.bytes = chunk;
    else if (this.more) this.more.push(chunk);
    else this.more = [this.bytes, chunk];
    return true;
  }

  onComplete(): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    const { status, more, recordsNothing } = this;
    this.to.onResponse({ status, text: receivedUtf8(more ? Buffer.concat(more) : this.bytes), recordsNothing });
  }

  onError(error: Error): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.to.onFailure(failureFrom(error));
  }
}

/** The value of a header among raw ones, names and values by turns; undefined where it is not there once. */
function headerOf(headers: readonly Buffer[], name: string): string | undefined {
  let value: Buffer | undefined;
  for (let at = 0; at < headers.length; at += 2) {
    if (headers[at]?.length !== name.length || headers[at]?.toString("latin1").toLowerCase() !== name) continue;
    if (value) return undefined;
    value = headers[at + 1];
  }
  return value?.toString("latin1");
}
