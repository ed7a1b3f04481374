import type { Utf8 } from "../../../utf8.ts";
import { notSent } from "../../subgraph-failure.ts";
import type { Endpoint } from "../endpoint.ts";
import type { Exchange, ExchangeListener, Transport } from "../transport.ts";
import { Connection, type ConnectionOwner } from "./connection.ts";
import { IdleConnections } from "./idle-connections.ts";
import { PooledExchange } from "./pooled-exchange.ts";
import { requestStart, requestText } from "./request-text.ts";

const SWEEP_MS = 1_000;

/** Keep-alive connections over plain HTTP/1.1. @param limit of connections; further requests wait for a free one. */
export function openConnectionPool(endpoint: Endpoint, limit: number): Transport {
  return new ConnectionPool(endpoint, limit);
}

class ConnectionPool implements Transport, ConnectionOwner {
  private readonly endpoint: Endpoint;
  private readonly limit: number;
  private readonly start: string;
  private readonly connections = new Set<Connection>();
  private readonly idle = new IdleConnections();
  /** Exchanges of this turn. An array avoids the Set's garbage for exchanges that find a connection at once. */
  private added: PooledExchange[] = [];
  /** Exchanges that found no connection, in the order of their arrival. */
  private readonly queue = new Set<PooledExchange>();
  private sweeping: NodeJS.Timeout | undefined;
  private isTurnScheduled = false;
  private isClosed = false;

  constructor(endpoint: Endpoint, limit: number) {
    this.endpoint = endpoint;
    this.limit = limit;
    this.start = requestStart(endpoint);
  }

  send(headers: readonly string[], body: Utf8, listener: ExchangeListener): Exchange {
    if (this.isClosed) throw notSent();
    const exchange = new PooledExchange(requestText(this.start, headers, body), listener, this.queue);
    this.added.push(exchange);
    this.scheduleTurn();
    return exchange;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const connection of this.connections) connection.close(notSent());
    for (const exchange of [...this.queue, ...this.added]) exchange.abort(notSent());
  }

  onIdle(connection: Connection): void {
    this.idle.add(connection);
    this.scheduleTurn();
  }

  onClosed(connection: Connection): void {
    this.connections.delete(connection);
    if (this.connections.size === 0) clearInterval(this.sweeping);
    this.scheduleTurn(); // an exchange in the queue may open another connection
  }

  private scheduleTurn(): void {
    if (this.isTurnScheduled) return;
    this.isTurnScheduled = true;
    setImmediate(endTurn, this);
  }

  /** End of a turn of the event loop: connections that have rested become usable, and exchanges are sent. */
  endTurn(): void {
    this.isTurnScheduled = false;
    if (this.idle.endTurn()) this.scheduleTurn();
    this.sendQueued();
    this.sendAdded();
  }

  private sendQueued(): void {
    for (const exchange of this.queue) {
      const connection = this.freeConnection();
      if (!connection) break;
      this.queue.delete(exchange);
      exchange.sendOn(connection);
    }
  }

  private sendAdded(): void {
    const { added } = this;
    this.added = [];
    for (const exchange of added) {
      if (!exchange.isPending()) continue;
      const connection = this.queue.size === 0 ? this.freeConnection() : undefined;
      if (connection) exchange.sendOn(connection);
      else this.queue.add(exchange);
    }
  }

  private freeConnection(): Connection | undefined {
    return this.idle.take() ?? (this.connections.size < this.limit && !this.isClosed ? this.connect() : undefined);
  }

  private connect(): Connection {
    const connection = new Connection(this.endpoint, this);
    if (this.connections.size === 0) {
      this.sweeping = setInterval(() => this.idle.closeExpired(), SWEEP_MS).unref();
    }
    this.connections.add(connection);
    return connection;
  }
}

function endTurn(pool: ConnectionPool): void {
  pool.endTurn();
}
