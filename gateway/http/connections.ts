import { createServer, type RequestListener, type Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { closeServer } from "../../subgraphs/_shared/serving/http.ts";
import type { ConnectionLimits } from "./connection-limits.ts";
import {
  OperationConnection,
  type OperationServing,
  type ServeOperation,
} from "./operation-connection/operation-connection.ts";

/** A connection without any traffic for this time is closed, such as that of a client that does not read its response. */
const SILENCE_MS = 120_000;

/** Listener for errors of a connection whose close is what matters. */
const ignore = () => {};

export type GatewayServer = {
  server: Server;
  /** Gives a connection that asked for an upgrade back to Node's HTTP server, which reads these bytes after the responses in progress. */
  readAgain(socket: Socket, bytes: Buffer): void;
  /** Stops listening, asks clients to close their connections, and closes what is left after `graceMs`. */
  drain(graceMs: number): Promise<void>;
};

/**
 * HTTP server with limits against slow senders and idle connections. A connection is kept alive longer than the 60 to 75
 * seconds of usual proxies, so that it is the proxy that closes an idle one: otherwise its next request may meet the close.
 */
export function createHttpServer(
  limits: ConnectionLimits,
  listener: RequestListener,
  serveOperation: ServeOperation,
): GatewayServer {
  /**
   * Of each connection what ends it: the connection itself while it sends operations, then its last response. A set of the
   * responses in progress would keep the garbage collector busy (measured).
   */
  const connections = new Map<Socket, OperationConnection | ServerResponse | undefined>();
  let isDraining = false;
  const server = createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: Math.min(1_000, limits.headersMs), // makes the first two punctual (measured)
    },
    (request, response) => {
      if (isDraining) response.shouldKeepAlive = false;
      connections.set(request.socket, response);
      listener(request, response);
    },
  );
  const [serveByNode] = server.listeners("connection");
  server.removeAllListeners("connection");
  const serving: OperationServing = {
    serve: serveOperation,
    limits,
    passOn(socket) {
      connections.set(socket, undefined);
      serveByNode?.call(server, socket);
    },
  };
  server.on("connection", (socket) => {
    // with server.maxConnections, several full processes would pass a connection to one another for ever (node:cluster)
    if (connections.size >= limits.connections) return void socket.destroy();
    connections.set(socket, new OperationConnection(socket, serving));
    socket.once("close", () => connections.delete(socket));
  });
  server.timeout = Math.max(SILENCE_MS, limits.keepAliveMs + 1_000);
  return {
    server,
    readAgain(socket, bytes) {
      const last = connections.get(socket);
      const again = () => {
        socket.off("error", ignore);
        if (socket.destroyed) return;
        serving.passOn(socket);
        socket.emit("data", bytes);
      };
      socket.on("error", ignore);
      if (last instanceof ServerResponse && !last.closed) last.once("close", again);
      else setImmediate(again); // the parser that has read the bytes is free then
    },
    drain(graceMs) {
      isDraining = true;
      const timer = setTimeout(() => {
        for (const socket of connections.keys()) socket.destroy();
      }, graceMs);
      for (const each of connections.values()) {
        if (each instanceof OperationConnection) each.drain();
        else if (each) each.shouldKeepAlive = false; // sends `Connection: close`
      }
      return closeServer(server, graceMs).finally(() => clearTimeout(timer));
    },
  };
}
