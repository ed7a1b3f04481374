import type { Place } from "../place.ts";
import type { Awaiting, Body, Sending, Transport } from "../transport.ts";
import { Unreachable } from "../unreachable.ts";
import { Connection, type Home, type Load } from "./connection.ts";
import { isFieldValue } from "./head.ts";
import type { Response } from "./response.ts";

const SWEEP_MS = 1_000;

/**
 * Connections to one subgraph over plain HTTP/1.1, kept for the next request. Further requests than `most` wait for a free one.
 *
 * A connection rests for a whole turn of the event loop before it is used again: what the subgraph sent beyond its answer has
 * come by then, and closes it. It would pass for the answer to the next request, which may be somebody else's.
 */
export function keptConnections(place: Place, most: number): Transport {
  const begin = `POST ${place.path} HTTP/1.1\r\nhost: ${hostOf(place.origin)}\r\nconnection: keep-alive\r\n`;
  const all = new Set<Connection>();
  /** The one used last is used first, so that those that are not needed grow old. */
  let ready: Connection[] = [];
  let resting: Connection[] = [];
  let rested: Connection[] = [];
  /** Those that go at the end of this turn, then those for which there was no connection, in the order in which they came. */
  let going: Exchange[] = [];
  let waiting: Exchange[] = [];
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
    const [first, then] = [waiting, going];
    waiting = [];
    going = [];
    for (const exchange of first) serveOne(exchange);
    for (const exchange of then) serveOne(exchange);
  }

  function serveOne(exchange: Exchange): void {
    if (exchange.hasEnded) return;
    const connection = free();
    if (connection) exchange.goes(connection);
    else waiting.push(exchange);
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
      const exchange = new Exchange(requestOf(begin, headers, body), to);
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

function shut(): Unreachable {
  return new Unreachable("the request did not come through", "failed");
}

/** A request and what comes back. */
class Exchange implements Load, Sending {
  readonly request: string;
  private readonly to: Awaiting;
  private connection: Connection | undefined;
  hasEnded = false;

  constructor(request: string, to: Awaiting) {
    this.request = request;
    this.to = to;
  }

  goes(connection: Connection): void {
    this.connection = connection;
    connection.carry(this);
  }

  abort(why: Unreachable): void {
    if (this.hasEnded) return;
    if (this.connection) this.connection.close(why);
    else this.failed(why);
  }

  responded(response: Response): void {
    this.hasEnded = true;
    this.to.replied(response);
  }

  failed(why: Unreachable): void {
    this.hasEnded = true;
    this.to.failed(why);
  }
}

/** @throws Error where a header would become two. */
function requestOf(begin: string, headers: readonly string[], { text }: Body): string {
  let request = begin;
  for (let at = 0; at < headers.length; at += 2) {
    const value = headers[at + 1] ?? "";
    if (!isFieldValue(value)) throw new Error(`The header ${headers[at]} has characters that headers may not have`);
    request += `${headers[at]}: ${value}\r\n`;
  }
  return `${request}content-length: ${text.length}\r\n\r\n${text}`;
}

function hostOf(origin: string): string {
  return origin.slice(origin.indexOf("//") + 2);
}
