import type { SubgraphFailure } from "../../subgraph-failure.ts";
import type { Exchange, ExchangeListener, HttpResponse } from "../transport.ts";
import type { Connection, ConnectionRequest } from "./connection.ts";

/** An exchange of a connection pool: at first it waits for a connection. */
export class PooledExchange implements ConnectionRequest, Exchange {
  readonly text: string;
  private readonly listener: ExchangeListener;
  private readonly queue: Set<PooledExchange>;
  private connection: Connection | undefined;
  private hasEnded = false;

  /** @param text of the HTTP request. @param queue that the exchange leaves when it is aborted. */
  constructor(text: string, listener: ExchangeListener, queue: Set<PooledExchange>) {
    this.text = text;
    this.listener = listener;
    this.queue = queue;
  }

  isPending(): boolean {
    return !this.hasEnded;
  }

  sendOn(connection: Connection): void {
    this.connection = connection;
    connection.send(this);
  }

  abort(failure: SubgraphFailure): void {
    if (this.hasEnded) return;
    if (this.connection) {
      this.connection.close(failure);
    } else {
      this.queue.delete(this);
      this.onFailure(failure);
    }
  }

  onResponse(response: HttpResponse): void {
    this.hasEnded = true;
    this.listener.onResponse(response);
  }

  onFailure(failure: SubgraphFailure): void {
    this.hasEnded = true;
    this.listener.onFailure(failure);
  }
}
