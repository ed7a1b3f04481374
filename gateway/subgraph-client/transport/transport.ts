import type { Utf8 } from "../../utf8.ts";
import type { Unreachable } from "../unreachable.ts";
import { placeOf } from "./endpoint.ts";
import { keptConnections } from "./http1/connection-pool.ts";
import { undiciPool } from "./undici-transport.ts";

/** A subgraph's answer as it came. */
export type Reply = {
  status: number;
  text: Utf8;
  /** The subgraph says that it has recorded no reading of anybody's data for this answer. */
  recordsNothing: boolean;
};

/** Whoever waits for a reply. One of both is called, once; neither may throw. */
export type Awaiting = { replied(reply: Reply): void; failed(why: Unreachable): void };

/** A request on its way. */
export type Sending = {
  /** Closes the connection it is on: whoever waits is told `why`. Without effect once it has ended. */
  abort(why: Unreachable): void;
};

export type Transport = {
  /** Sends a body with headers: names and values by turns. @throws Error where a header may not be sent */
  send(headers: string[], body: Utf8, to: Awaiting): Sending;
  close(): Promise<void>;
};

/** Enough for several subgraphs that stall at once; further requests wait for a free one. */
const CONNECTIONS = 256;

export type HttpClient = "own" | "undici";

/** Kept connections to one subgraph: the gateway's own over plain HTTP, undici's over TLS or if it is chosen. */
export function transportTo(url: string, client: HttpClient): Transport {
  const place = placeOf(url);
  const isPlain = place.origin.startsWith("http:");
  return client === "own" && isPlain ? keptConnections(place, CONNECTIONS) : undiciPool(place, CONNECTIONS);
}
