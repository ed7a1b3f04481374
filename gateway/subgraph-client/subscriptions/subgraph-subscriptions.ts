import { Pool } from "undici";
import { toUtf8 } from "../../utf8.ts";
import type { CircuitBreaker } from "../circuit-breaker/circuit-breaker.ts";
import { notGraphql } from "../in-flight-request.ts";
import { parseSubgraphResponse } from "../parse-response.ts";
import { cancelled, failureFrom, SubgraphFailure } from "../subgraph-failure.ts";
import type { RequestScope, SubgraphResponse } from "../subgraph-request.ts";
import { endpointOf } from "../transport/endpoint.ts";
import { serverSentEvents } from "./event-stream-parser.ts";

/** One event of a subscription at a subgraph. Its id is where to go on after it. */
export type SubgraphEvent = {
  id: string | undefined;
  /** What it says, noted for a request that is answered with it. */
  response(scope: RequestScope): SubgraphResponse;
};

const ANSWER_MS = 10_000;
/** A subgraph that says nothing for so long, not even a comment, is gone. */
const SILENCE_MS = 45_000;

export type SubgraphSubscriptions = {
  /**
   * "open" once the subgraph has taken the subscription, then its events. Ends when it says that nothing more will come.
   * @throws Unreachable when the connection breaks before: then it is subscribed to again, after the last event.
   */
  subscribe(
    headers: string[],
    body: Buffer,
    signal: AbortSignal,
  ): AsyncGenerator<"open" | { id: string | undefined; answer: SubgraphResponse }>;
  close(): Promise<void>;
};

/** Subscriptions at one subgraph (graphql-sse, distinct connections mode), on connections of their own: they last. */
export function openSubscriptions(url: string, gate: CircuitBreaker): SubgraphSubscriptions {
  const { origin, path, socketPath } = endpointOf(url);
  const connect = socketPath ? { socketPath } : {};
  const pool = new Pool(origin, { connections: null, connect, headersTimeout: ANSWER_MS, bodyTimeout: SILENCE_MS });

  async function subscribe(headers: string[], body: Buffer, signal: AbortSignal) {
    const pass = gate.acquire(performance.now());
    try {
      const response = await pool.request({ method: "POST", path, headers, body, signal });
      if (response.statusCode === 401)
        throw new SubgraphFailure("it does not accept this gateway's identity", "unwelcome");
      if (response.statusCode !== 200 || !isEventStream(response.headers["content-type"])) {
        await response.body.dump();
        const kind = response.statusCode >= 500 ? "failed" : "unable";
        throw new SubgraphFailure(`it does not serve the subscription (HTTP ${response.statusCode})`, kind);
      }
      gate.release(pass, undefined);
      return response.body;
    } catch (error) {
      const why = signal.aborted ? cancelled() : failureFrom(error);
      gate.release(pass, why);
      throw why;
    }
  }

  return {
    async *subscribe(headers, body, signal) {
      const stream = await subscribe(headers, body, signal);
      try {
        yield "open";
        for await (const { id, event, data } of serverSentEvents(stream)) {
          if (event === "complete") return;
          if (event !== "next") continue;
          const answer = parseSubgraphResponse(toUtf8(data));
          if (!answer) throw notGraphql(200);
          yield { id, answer };
        }
      } catch (error) {
        throw signal.aborted ? cancelled() : failureFrom(error);
      } finally {
        stream.destroy();
      }
      throw new SubgraphFailure("the connection broke", "disconnected");
    },
    close: () => pool.destroy(),
  };
}

function isEventStream(type: string | string[] | undefined): boolean {
  return typeof type === "string" && type.startsWith("text/event-stream");
}
