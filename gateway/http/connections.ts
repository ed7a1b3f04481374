import { createServer, type RequestListener, type Server } from "node:http";

/** How long a client may take, and how many may be connected. */
export type ConnectionLimits = { headersMs: number; requestMs: number; connections: number };

/** A connection on which nothing moves for so long is closed, such as that of a client which does not read its answer. */
const SILENCE_MS = 120_000;

/** An HTTP server that slow senders and idle connections cannot hold up. */
export function createHttpServer(limits: ConnectionLimits, listener: RequestListener): Server {
  const server = createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: Math.min(1_000, limits.headersMs), // makes the two punctual (measured)
    },
    listener,
  );
  server.maxConnections = limits.connections;
  server.timeout = SILENCE_MS;
  return server;
}
