import type { Connection } from "./connection.ts";

/**
 * Idle connections of a pool.
 *
 * Response desynchronisation: bytes that follow a response would be read as the response to the connection's next request,
 * which may be another caller's. A connection therefore rests for a whole turn of the event loop before it is used again; bytes
 * that arrive in that turn close it. HTTP/1.1 has no means against bytes that arrive later.
 */
export class IdleConnections {
  /** The last one is used first, so that superfluous connections expire. */
  private usable: Connection[] = [];
  /** Idle since the present turn, and since the turn before. */
  private restingNow: Connection[] = [];
  private restingBefore: Connection[] = [];

  add(connection: Connection): void {
    this.restingNow.push(connection);
  }

  /** Marks the end of a turn. Returns true if connections still rest, so that another turn must follow. */
  endTurn(): boolean {
    for (const connection of this.restingBefore) this.usable.push(connection);
    this.restingBefore = this.restingNow;
    this.restingNow = [];
    return this.restingBefore.length > 0;
  }

  take(): Connection | undefined {
    for (let connection = this.usable.pop(); connection; connection = this.usable.pop()) {
      if (connection.isUsable()) return connection;
    }
    return undefined;
  }

  closeExpired(): void {
    this.usable = this.usable.filter((connection) => connection.isUsable());
  }
}
