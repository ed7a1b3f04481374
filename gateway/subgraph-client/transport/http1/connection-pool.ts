import type { Utf8 } from "../../../utf8.ts";
import { SubgraphFailure } from "../../subgraph-failure.ts";
import type { Endpoint } from "../endpoint.ts";
import type { Exchange, ExchangeListener, Transport } from "../transport.ts";
import { Connection, type Home, type Load } from "./connection.ts";
import { isFieldValue } from "./response-head.ts";
import type { Response } from "./response-reader.ts";

const SWEEP_MS = 1_000;

/**
 * Connections to one subgraph over plain HTTP/1.1, kept for the next request. Further requests than `most` wait for a free one.
 *
 * A connection rests for a whole turn of the event loop before it is used again: what came right after its answer has been seen
 * by then, and closes it. It would pass for the answer to the next request, which may be somebody else's. HTTP/1.1 knows no
 * way to tell what comes later than that.
 */
export function openConnectionPool(place: Endpoint, most: number): Transport {
  const begin = `POST ${place.path} HTTP/1.1\r\nhost: ${hostOf(place.origin)}\r\nconnection: keep-alive\r\n`;
  const all = new Set<Connection>();
  /** The one used last is used first, so that those that are not needed grow old. */
  let ready: Connection[] = [];
  let resting: Connection[] = [];
  let rested: Connection[] = [];
  /** Those that go at the end of this turn. A set in which everyone is for a moment would keep the garbage collector busy. */
  let going: PooledExchange[] = [];
  /** Those for which there was no connection, in the order in which they came. */
  const waiting = new Set<PooledExchange>();
  let isClosed = false;
  let isTurning = false;
  const home: Home = {
    free(connection) {
      resting.push(connection);
      turnSoon();
    },
    gone(connection) {
      all.delete(connection);
      if (all.size === 0) clearInterval(sweeping);
      turnSoon(); // one that waits may have a new one
    },
  };
  let sweeping: NodeJS.Timeout | undefined;

  /** The end of a turn of the event loop: those that were resting at the end of the one before it may be used. */
  function turn(): void {
    isTurning = false;
    for (const connection of rested) ready.push(connection);
    rested = resting;
    resting = [];
    if (rested.length > 0) turnSoon();
    serve();
  }

  function turnSoon(): void {
    if (isTurning) return;
    isTurning = true;
    setImmediate(turn);
  }

  function serve(): void {
    for (const exchange of waiting) {
      const connection = free();
      if (!connection) break;
      waiting.delete(exchange);
      exchange.goes(connection);
    }
    const now = going;
    going = [];
    for (const exchange of now) {
      if (exchange.hasEnded) continue;
      const connection = waiting.size === 0 ? free() : undefined;
      if (connection) exchange.goes(connection);
      else waiting.add(exchange);
    }
  }

  function free(): Connection | undefined {
    for (let connection = ready.pop(); connection; connection = ready.pop()) {
      if (connection.isUsable()) return connection;
    }
    return all.size < most && !isClosed ? opened() : undefined;
  }

  function opened(): Connection {
    const connection = new Connection(place, home);
    if (all.size === 0) sweeping = setInterval(sweep, SWEEP_MS).unref();
    all.add(connection);
    return connection;
  }

  /** Closes what has not been used for as long as the subgraph keeps it. */
  function sweep(): void {
    ready = ready.filter((connection) => connection.isUsable());
  }

  return {
    send(headers, body, to) {
      if (isClosed) throw shut();
      const exchange = new PooledExchange(requestOf(begin, headers, body), to, waiting);
      going.push(exchange);
      turnSoon();
      return exchange;
    },
    async close() {
      isClosed = true;
      for (const connection of all) connection.close(shut());
      for (const exchange of [...waiting, ...going]) exchange.abort(shut());
    },
  };
}

function shut(): SubgraphFailure {
  return new SubgraphFailure("the request did not come through", "failed");
}

/** A request and what comes back. */
class PooledExchange implements Load, Exchange {
  readonly request: string;
  private readonly to: ExchangeListener;
  private readonly waiting: Set<PooledExchange>;
  private connection: Connection | undefined;
  hasEnded = false;

  constructor(request: string, to: ExchangeListener, waiting: Set<PooledExchange>) {
    this.request = request;
    this.to = to;
    this.waiting = waiting;
  }

  goes(connection: Connection): void {
    this.connection = connection;
    connection.carry(this);
  }

  abort(why: SubgraphFailure): void {
    if (this.hasEnded) return;
    if (this.connection) {
      this.connection.close(why);
    } else {
      this.waiting.delete(this);
      this.failed(why);
    }
  }

  responded(response: Response): void {
    this.hasEnded = true;
    this.to.onResponse(response);
  }

  failed(why: SubgraphFailure): void {
    this.hasEnded = true;
    this.to.onFailure(why);
  }
}

/** @throws Error where a header would become two. */
function requestOf(begin: string, headers: readonly string[], body: Utf8): string {
  let request = begin;
  for (let at = 0; at < headers.length; at += 2) {
    const value = headers[at + 1] ?? "";
    if (!isFieldValue(value)) throw new Error(`The header ${headers[at]} has characters that headers may not have`);
    request += `${headers[at]}: ${value}\r\n`;
  }
  return `${request}content-length: ${body.length}\r\n\r\n${body}`;
}

function hostOf(origin: string): string {
  return origin.slice(origin.indexOf("//") + 2);
}
