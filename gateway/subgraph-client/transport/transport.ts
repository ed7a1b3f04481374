import type { Utf8 } from "../../utf8.ts";
import type { SubgraphFailure } from "../subgraph-failure.ts";
import { endpointOf } from "./endpoint.ts";
import { openConnectionPool } from "./http1/connection-pool.ts";
import { openUndiciTransport } from "./undici-transport.ts";

/** A subgraph's answer as it came. */
export type HttpResponse = {
  status: number;
  text: Utf8;
  /** The subgraph says that it has recorded no reading of anybody's data for this answer. */
  recordsNothing: boolean;
};

/** Whoever waits for a reply. One of both is called, once; neither may throw. */
export type ExchangeListener = { onResponse(reply: HttpResponse): void; onFailure(why: SubgraphFailure): void };

/** A request on its way. */
export type Exchange = {
  /** Closes the connection it is on: whoever waits is told `why`. Without effect once it has ended. */
  abort(why: SubgraphFailure): void;
};

export type Transport = {
  /** Sends a body with headers: names and values by turns. @throws Error where a header may not be sent */
  send(headers: string[], body: Utf8, to: ExchangeListener): Exchange;
  close(): Promise<void>;
};

/** Enough for several subgraphs that stall at once; further requests wait for a free one. */
const CONNECTIONS = 256;

export type HttpClient = "own" | "undici";

/** Kept connections to one subgraph: the gateway's own over plain HTTP, undici's over TLS or if it is chosen. */
export function openTransport(url: string, client: HttpClient): Transport {
  const place = endpointOf(url);
  const isPlain = place.origin.startsWith("http:");
  return client === "own" && isPlain ? openConnectionPool(place, CONNECTIONS) : openUndiciTransport(place, CONNECTIONS);
}
