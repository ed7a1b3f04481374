import type { Socket } from "node:net";
import type { ConnectionLimits } from "../connection-limits.ts";
import { OperationResponse } from "./operation-response.ts";
import { type OperationHead, type OperationRequest, readOperation } from "./read-operation.ts";

/** Serves one operation. It must respond, also when it fails. */
export type ServeOperation = (request: OperationRequest, response: OperationResponse) => void;

export type OperationServing = {
  serve: ServeOperation;
  limits: ConnectionLimits;
  /** Passes a connection to Node's HTTP server for good. */
  passOn(socket: Socket): void;
};

/** A body that comes in more pieces is left to Node's HTTP server, which does not read what it has again. */
const MOST_PIECES = 8;
const SLOW = "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n";

/**
 * Connection of a client that sends plain operations, which are read and answered here: with Node's HTTP server, the gateway needs
 * 1.4 times the CPU for a small one (measured). The first request of another kind passes the connection on to it.
 */
export class OperationConnection {
  private readonly socket: Socket;
  private readonly serving: OperationServing;
  /** Bytes that were received and not yet served: a part of a request, or those that follow the current one. */
  private unread: Buffer | undefined;
  private current: OperationResponse | undefined;
  private lastHead: OperationHead | undefined;
  /** Number of times that the current body was incomplete. */
  private pieces = 0;
  private bodyTimer: NodeJS.Timeout | undefined;
  private isDraining = false;
  private isPassedOn = false;
  /** True after the first response: from then on the keep-alive timeout holds. */
  private isKept = false;

  constructor(socket: Socket, serving: OperationServing) {
    this.socket = socket;
    this.serving = serving;
    socket.setTimeout(serving.limits.headersMs);
    socket.on("data", this.onData).on("end", this.onEnd).on("timeout", this.onTimeout);
    socket.on("close", this.onClose).on("error", this.onError);
  }

  /** Closes the connection after the current response, at once if there is none. */
  drain(): void {
    this.isDraining = true;
    if (!this.current && !this.bodyTimer) this.socket.destroy();
  }

  private readonly onData = (bytes: Buffer): void => {
    const received = this.unread ? Buffer.concat([this.unread, bytes]) : bytes;
    if (this.current) {
      this.unread = received;
      this.socket.pause(); // one request at a time
    } else this.read(received);
  };

  private read(bytes: Buffer): void {
    const { serving, socket } = this;
    const read = readOperation(bytes, this.lastHead);
    if (read === undefined || (read === "incomplete" && ++this.pieces > MOST_PIECES)) {
      this.passOn(bytes);
      return;
    }
    if (read === "incomplete") {
      this.unread = bytes;
      this.bodyTimer ??= setTimeout(() => socket.end(SLOW, () => socket.destroy()), serving.limits.requestMs);
      return;
    }
    this.pieces = 0;
    this.stopBodyTimer();
    const { request, head, end } = read;
    this.lastHead = head;
    this.unread = end < bytes.length ? bytes.subarray(end) : undefined;
    this.current = new OperationResponse(socket, this);
    serving.serve(request, this.current);
  }

  responseEnd(): string {
    if (this.isDraining) return "connection: close\r\n";
    return `connection: keep-alive\r\nkeep-alive: timeout=${Math.floor(this.serving.limits.keepAliveMs / 1_000)}\r\n`;
  }

  onSent(): void {
    const { socket, unread } = this;
    this.current = undefined;
    if (!socket.writable) return; // the client has left, and nobody waits for what it sent after
    if (!this.isKept) socket.setTimeout(this.serving.limits.keepAliveMs);
    this.isKept = true;
    if (this.isDraining) return void socket.end();
    if (socket.writableNeedDrain) {
      socket.pause();
      socket.once("drain", () => this.next());
    } else if (unread || socket.isPaused()) this.next();
  }

  /** Goes on with what was received during a response. */
  private next(): void {
    const { unread } = this;
    this.unread = undefined;
    this.socket.resume();
    if (unread) this.read(unread);
  }

  private passOn(bytes: Buffer): void {
    const { socket } = this;
    this.isPassedOn = true;
    this.stopBodyTimer();
    socket.off("data", this.onData).off("end", this.onEnd).off("timeout", this.onTimeout);
    socket.off("close", this.onClose).off("error", this.onError);
    this.serving.passOn(socket);
    socket.emit("data", bytes);
  }

  private stopBodyTimer(): void {
    if (!this.bodyTimer) return;
    clearTimeout(this.bodyTimer);
    this.bodyTimer = undefined;
  }

  /** A client that ends its side has left, as for Node's HTTP server. */
  private readonly onEnd = (): void => {
    this.socket.end();
    this.current?.disconnect.abort();
  };

  /** If the event loop was blocked, bytes that have arrived are reported only after the timeout: check in the next turn. */
  private readonly onTimeout = (): void => {
    const { bytesRead } = this.socket;
    setImmediate(() => {
      const isIdle = !this.current && !this.bodyTimer && this.socket.bytesRead === bytesRead;
      if (isIdle && !this.isPassedOn) this.socket.destroy();
    });
  };

  private readonly onError = (): void => {}; // `close` follows

  private readonly onClose = (): void => {
    this.stopBodyTimer();
    this.current?.disconnect.abort();
  };
}
