import { endpointOf, isLocal } from "./endpoint.ts";
import { openConnectionPool } from "./http1/connection-pool.ts";
import type { Transport } from "./transport.ts";
import { openUndiciTransport } from "./undici-transport.ts";

/** Enough for several subgraphs that stall at the same time; further requests wait for a free connection. */
const CONNECTIONS = 256;

/** The gateway's own HTTP/1.1 connections, or undici's. */
export type HttpClient = "own" | "undici";

/**
 * Opens the transport to a subgraph. Without a choice the gateway's own connections serve endpoints of this machine and undici
 * all others: network paths, proxies and load balancers need the wider experience. Undici also serves TLS.
 */
export function openTransport(url: string, client: HttpClient | undefined): Transport {
  const endpoint = endpointOf(url);
  const chosen = client ?? (isLocal(endpoint) ? "own" : "undici");
  const isPlain = endpoint.origin.startsWith("http:");
  return chosen === "own" && isPlain
    ? openConnectionPool(endpoint, CONNECTIONS)
    : openUndiciTransport(endpoint, CONNECTIONS);
}
