import { connect, type Socket } from "node:net";
import { connectionBroken, connectTimedOut, failureFrom, type SubgraphFailure } from "../../subgraph-failure.ts";
import type { Endpoint } from "../endpoint.ts";
import type { ExchangeListener } from "../transport.ts";
import { CONNECT_MS } from "../transport-limits.ts";
import { type ReceivedResponse, ResponseReader } from "./response-reader.ts";

const TCP_KEEP_ALIVE_MS = 60_000;
/** Read buffer of all connections: each read is consumed before the next one, and no reader keeps it. */
const READ_BUFFER = Buffer.allocUnsafeSlow(65_536);

/** A request for a connection, and the listener of its response. */
export type ConnectionRequest = ExchangeListener & { readonly text: string };

export type ConnectionOwner = {
  /** The connection has received its response and is reusable. */
  onIdle(connection: Connection): void;
  onClosed(connection: Connection): void;
};

/** An HTTP/1.1 connection to a subgraph. It carries one request at a time, without pipelining. */
export class Connection {
  private readonly owner: ConnectionOwner;
  private readonly socket: Socket;
  private readonly connectTimer: NodeJS.Timeout;
  private request: ConnectionRequest | undefined;
  private reader = new ResponseReader();
  /** Time, as `performance.now()`, from which the subgraph may close the connection at any moment. */
  private reusableUntil = Number.POSITIVE_INFINITY;
  private isClosed = false;

  constructor(endpoint: Endpoint, owner: ConnectionOwner) {
    this.owner = owner;
    this.socket = connect({
      ...socketAddress(endpoint),
      keepAlive: true,
      keepAliveInitialDelay: TCP_KEEP_ALIVE_MS,
      onread: { buffer: READ_BUFFER, callback: (length) => this.onData(READ_BUFFER.subarray(0, length)) },
    });
    // If the event loop was blocked, a made connection is reported only after the timer: check in the next turn.
    this.connectTimer = setTimeout(() => setImmediate(() => this.checkConnected()), CONNECT_MS);
    this.socket.once("connect", () => clearTimeout(this.connectTimer));
    this.socket.on("error", (error) => this.close(failureFrom(error)));
    this.socket.once("end", () => this.onEnd());
    this.socket.once("close", () => this.close(connectionBroken()));
  }

  /** True if a request can be sent now. Closes the connection if it was idle for too long. */
  isUsable(): boolean {
    if (performance.now() >= this.reusableUntil) this.close(connectionBroken());
    return !this.isClosed && !this.request;
  }

  send(request: ConnectionRequest): void {
    this.request = request;
    this.socket.write(request.text, "latin1");
  }

  /** Closes the connection and fails its request. */
  close(failure: SubgraphFailure): void {
    if (this.isClosed) return;
    this.isClosed = true;
    clearTimeout(this.connectTimer);
    this.socket.destroy();
    this.owner.onClosed(this);
    const { request } = this;
    this.request = undefined;
    request?.onFailure(failure);
  }

  private checkConnected(): void {
    if (this.socket.connecting) this.close(connectTimedOut());
  }

  /** Returns false to stop reading. */
  private onData(bytes: Buffer): boolean {
    if (this.isClosed) return false;
    if (!this.request) {
      // Response desynchronisation: unsolicited bytes must not become the response to the next request.
      this.close(connectionBroken());
      return false;
    }
    let response: ReceivedResponse | undefined;
    try {
      response = this.reader.read(bytes);
    } catch (error) {
      this.close(failureFrom(error));
    }
    if (response) this.onResponse(response);
    return !this.isClosed;
  }

  private onEnd(): void {
    const response = this.request && this.reader.end();
    if (response) this.onResponse(response);
    this.close(connectionBroken());
  }

  private onResponse(response: ReceivedResponse): void {
    const { request } = this;
    const { reusableMs } = response;
    this.request = undefined;
    this.reader = new ResponseReader();
    this.reusableUntil = performance.now() + reusableMs;
    // A response before the request was written completely: the subgraph may not read the rest.
    if (reusableMs > 0 && this.socket.writableLength === 0) this.owner.onIdle(this);
    else this.close(connectionBroken());
    request?.onResponse(response);
  }
}

function socketAddress({ origin, socketPath }: Endpoint) {
  if (socketPath) return { path: socketPath };
  const { hostname, port } = new URL(origin);
  return { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port) || 80, noDelay: true };
}
