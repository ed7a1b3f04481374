import { type Dispatcher, Pool } from "undici";
import { receivedUtf8, toUtf8 } from "../../utf8.ts";
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

const EVENT_STREAM_TYPE = /^text\/event-stream\b/i;
const JSON_TYPE = /^application\/(?:graphql-response\+)?json\b/i;
const LONGEST_REFUSAL_BYTES = 1_000_000;

/** An event as the subgraph sent it. */
export type StreamEvent = { id: string | undefined; response: SubgraphResponse };

export type SubgraphSubscriptions = {
  /**
   * "open" when the subgraph has accepted the subscription, then its events. Ends when the subgraph completes it. GraphQL
   * errors in place of a stream are its only event.
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

  async function open(headers: string[], body: Buffer, signal: AbortSignal): Promise<OpenSubscription> {
    const permit = circuitBreaker.acquire(performance.now());
    try {
      const response = await pool.request({ method: "POST", path, headers, body, signal });
      const opened = await openSubscription(response);
      circuitBreaker.release(permit, undefined);
      return opened;
    } catch (error) {
      const failure = signal.aborted ? cancelled() : failureFrom(error);
      circuitBreaker.release(permit, failure);
      throw failure;
    }
  }

  return {
    async *subscribe(headers, body, signal) {
      const { stream, refusal } = await open(headers, body, signal);
      yield "open";
      if (refusal) {
        yield { id: undefined, response: refusal };
        return;
      }
      try {
        for await (const { id, event, data } of serverSentEvents(stream)) {
          if (event === "complete") return;
          if (event !== "next" || data === "") continue; // the standard ignores events without data
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

/** An accepted subscription's stream, or the GraphQL errors with which the subgraph has refused it. */
type OpenSubscription =
  | { stream: Dispatcher.ResponseData["body"]; refusal?: undefined }
  | { stream?: undefined; refusal: SubgraphResponse };

/** @throws SubgraphFailure if the response is neither. */
async function openSubscription({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<OpenSubscription> {
  if (statusCode === 401) {
    discard(body);
    throw identityRefused();
  }
  const type = String(headers["content-type"] ?? "");
  if (statusCode === 200 && EVENT_STREAM_TYPE.test(type)) return { stream: body };
  if (statusCode < 500 && JSON_TYPE.test(type)) {
    const bytes = await refusalBytes(body);
    const refusal = bytes && parseSubgraphResponse(receivedUtf8(bytes));
    if (refusal?.errors?.length) return { refusal };
  } else {
    discard(body);
  }
  const kind = statusCode >= 500 ? "failed" : "unsupported";
  throw new SubgraphFailure(`it does not serve the subscription (HTTP ${statusCode})`, kind);
}

/** Closes the connection of a body that is not read, because it may have no end. */
function discard(body: Dispatcher.ResponseData["body"]): void {
  body.on("error", () => {}).destroy();
}

/** Bytes of a refusal. Undefined if it is too long: its connection is then closed. The head need not state the length. */
async function refusalBytes(body: AsyncIterable<Buffer>): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > LONGEST_REFUSAL_BYTES) return undefined; // leaving the loop destroys the body
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
