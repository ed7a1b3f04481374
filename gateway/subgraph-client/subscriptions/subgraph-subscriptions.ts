import { Pool } from "undici";
import { toUtf8 } from "../../utf8.ts";
import type { CircuitBreaker } from "../circuit-breaker/circuit-breaker.ts";
import { parseSubgraphResponse } from "../parse-response.ts";
import {
  cancelled,
  connectionBroken,
  failureFrom,
  identityRefused,
  notGraphql,
  SubgraphFailure,
} from "../subgraph-failure.ts";
import type { SubgraphResponse } from "../subgraph-request.ts";
import { endpointOf } from "../transport/endpoint.ts";
import { serverSentEvents } from "./event-stream-parser.ts";

const ACCEPT_MS = 10_000;
/** Longest silence of a stream, comments included, before its connection counts as broken. */
const SILENCE_MS = 45_000;

/** An event as the subgraph sent it. */
export type StreamEvent = { id: string | undefined; response: SubgraphResponse };

export type SubgraphSubscriptions = {
  /**
   * "open" when the subgraph has accepted the subscription, then its events. Ends when the subgraph completes it.
   * @throws SubgraphFailure when the connection breaks before that: the caller subscribes again after the last event.
   */
  subscribe(headers: string[], body: Buffer, signal: AbortSignal): AsyncGenerator<"open" | StreamEvent>;
  close(): Promise<void>;
};

/**
 * Subscriptions at one subgraph over server-sent events (graphql-sse, distinct connections mode), on their own connections,
 * because each occupies one for long.
 */
export function openSubscriptions(url: string, circuitBreaker: CircuitBreaker): SubgraphSubscriptions {
  const { origin, path, socketPath } = endpointOf(url);
  const connect = socketPath ? { socketPath } : {};
  const pool = new Pool(origin, { connections: null, connect, headersTimeout: ACCEPT_MS, bodyTimeout: SILENCE_MS });

  async function openStream(headers: string[], body: Buffer, signal: AbortSignal) {
    const permit = circuitBreaker.acquire(performance.now());
    try {
      const response = await pool.request({ method: "POST", path, headers, body, signal });
      if (response.statusCode === 401) throw identityRefused();
      if (response.statusCode !== 200 || !isEventStream(response.headers["content-type"])) {
        await response.body.dump();
        const kind = response.statusCode >= 500 ? "failed" : "unsupported";
        throw new SubgraphFailure(`it does not serve the subscription (HTTP ${response.statusCode})`, kind);
      }
      circuitBreaker.release(permit, undefined);
      return response.body;
    } catch (error) {
      const failure = signal.aborted ? cancelled() : failureFrom(error);
      circuitBreaker.release(permit, failure);
      throw failure;
    }
  }

  return {
    async *subscribe(headers, body, signal) {
      const stream = await openStream(headers, body, signal);
      try {
        yield "open";
        for await (const { id, event, data } of serverSentEvents(stream)) {
          if (event === "complete") return;
          if (event !== "next") continue;
          const response = parseSubgraphResponse(toUtf8(data));
          if (!response) throw notGraphql(200);
          yield { id, response };
        }
      } catch (error) {
        throw signal.aborted ? cancelled() : failureFrom(error);
      } finally {
        stream.destroy();
      }
      throw connectionBroken();
    },
    close: () => pool.destroy(),
  };
}

function isEventStream(type: string | string[] | undefined): boolean {
  return typeof type === "string" && type.startsWith("text/event-stream");
}
