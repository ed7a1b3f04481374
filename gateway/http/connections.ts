import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { closeServer } from "../../subgraphs/_shared/serving/http.ts";

/** Time limits of a client, in milliseconds, and the maximum number of connections. */
export type ConnectionLimits = { headersMs: number; requestMs: number; keepAliveMs: number; connections: number };

/** A connection without any traffic for this time is closed, such as that of a client that does not read its response. */
const SILENCE_MS = 120_000;

export type GatewayServer = {
  server: Server;
  /** Stops listening, asks clients to close their connections, and closes what is left after `graceMs`. */
  drain(graceMs: number): Promise<void>;
};

/**
 * HTTP server with limits against slow senders and idle connections. A connection is kept alive longer than the 60 to 75
 * seconds of usual proxies, so that it is the proxy that closes an idle one: otherwise its next request may meet the close.
 */
export function createHttpServer(limits: ConnectionLimits, listener: RequestListener): GatewayServer {
  /** Last response of each connection. A set of the responses in progress would keep the garbage collector busy (measured). */
  const lastResponses = new Map<Socket, ServerResponse | undefined>();
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
      lastResponses.set(request.socket, response);
      listener(request, response);
    },
  );
  server.on("connection", (socket) => {
    // with server.maxConnections, several full processes would pass a connection to one another for ever (node:cluster)
    if (lastResponses.size >= limits.connections) return void socket.destroy();
    lastResponses.set(socket, undefined);
    socket.once("close", () => lastResponses.delete(socket));
  });
  server.timeout = Math.max(SILENCE_MS, limits.keepAliveMs + 1_000);
  return {
    server,
    drain(graceMs) {
      isDraining = true;
      for (const response of lastResponses.values()) {
        if (response) response.shouldKeepAlive = false; // sends `Connection: close`
      }
      return closeServer(server, graceMs);
    },
  };
}
