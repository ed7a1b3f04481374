import { Pool } from "undici";
import { receivedUtf8, type Utf8, utf8Bytes } from "../../utf8.ts";
import { failureFrom, type SubgraphFailure } from "../subgraph-failure.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Exchange, ExchangeListener, HttpResponse, Transport } from "./transport.ts";
import { CONNECT_MS, LONGEST_RESPONSE_BYTES } from "./transport-limits.ts";

const EMPTY = Buffer.alloc(0);

/** undici's `dispatch` costs two thirds of its `request`, whose bodies are streams (measured; the README has the figures). */
export function openUndiciTransport({ origin, path, socketPath }: Endpoint, connections: number): Transport {
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    connect: { timeout: CONNECT_MS, ...(socketPath && { socketPath }) },
    headersTimeout: 0, // each request has its own deadline
    bodyTimeout: 0,
    maxResponseSize: LONGEST_RESPONSE_BYTES,
  });

  return {
    send(headers, body, listener) {
      const exchange = new UndiciExchange(listener);
      pool.dispatch({ method: "POST", path, headers, body: utf8Bytes(body) }, exchange);
      return exchange;
    },
    close: () => pool.destroy(),
  };
}

/**
 * An exchange as a handler of undici's `dispatch`. Its methods have the names of undici's older handlers: the newer ones cost a
 * controller and a parsed object of headers for each response.
 */
class UndiciExchange implements Exchange {
  private readonly listener: ExchangeListener;
  private hasEnded = false;
  private aborted: SubgraphFailure | undefined;
  private stop: ((reason: Error) => void) | undefined;
  private status = 0;
  private headers: readonly Buffer[] = [];
  private bytes: Buffer = EMPTY;
  private more: Buffer[] | undefined;

  constructor(listener: ExchangeListener) {
    this.listener = listener;
  }

  abort(failure: SubgraphFailure): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.aborted = failure;
    this.listener.onFailure(failure);
    this.stop?.(failure);
  }

  onConnect(stop: (reason?: Error) => void): void {
    if (this.aborted) stop(this.aborted);
    else this.stop = stop;
  }

  onHeaders(status: number, headers: Buffer[]): boolean {
    this.status = status;
    this.headers = headers;
    return true;
  }

  onData(chunk: Buffer): boolean {
    if (this.bytes === EMPTY) this.bytes = chunk;
    else if (this.more) this.more.push(chunk);
    else this.more = [this.bytes, chunk];
    return true;
  }

  onComplete(): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    const { status, more, headers } = this;
    const text = receivedUtf8(more ? Buffer.concat(more) : this.bytes);
    this.listener.onResponse(new UndiciResponse(status, text, headers));
  }

  onError(error: Error): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.listener.onFailure(failureFrom(error));
  }
}

class UndiciResponse implements HttpResponse {
  readonly status: number;
  readonly text: Utf8;
  /** Names and values alternate. */
  private readonly fields: readonly Buffer[];

  constructor(status: number, text: Utf8, fields: readonly Buffer[]) {
    this.status = status;
    this.text = text;
    this.fields = fields;
  }

  header(name: string): string | undefined {
    let found: string | undefined;
    for (let at = 0; at < this.fields.length; at += 2) {
      const each = this.fields[at];
      if (each?.length !== name.length || each.toString("latin1").toLowerCase() !== name) continue;
      const value = this.fields[at + 1]?.toString("latin1").trim() ?? "";
      found = found === undefined ? value : `${found}, ${value}`;
    }
    return found;
  }

  headers(name: string): string[] {
    const found: string[] = [];
    for (let at = 0; at < this.fields.length; at += 2) {
      const each = this.fields[at];
      if (each?.length !== name.length || each.toString("latin1").toLowerCase() !== name) continue;
      found.push(this.fields[at + 1]?.toString("latin1").trim() ?? "");
    }
    return found;
  }
}
