import type { ServerResponse } from "node:http";
import type { Logger } from "pino";
import { publicError, Refusal } from "../errors.ts";
import { combinedSignal } from "../subscriptions/combined-signal.ts";
import type { OpenStreams } from "../subscriptions/open-streams.ts";
import type { SubscriptionResponse } from "../subscriptions/subscription-responses.ts";
import { toUtf8, type Utf8 } from "../utf8.ts";
import { setSecurityHeaders } from "./headers.ts";
import type { StreamFraming } from "./stream-framing.ts";

export type StreamSettings = { streams: OpenStreams; heartbeatMs: number; log: Logger };

/** One stream of responses. */
export type EventStream = {
  framing: StreamFraming;
  requestId: string;
  /** Caller whose limit of streams counts. */
  subscriber: string;
  /** Verifies the client's token. @throws Refusal once it is no longer valid. */
  authenticate(): Promise<unknown>;
  /** Responses until `signal` is aborted. */
  responses(signal: AbortSignal): AsyncIterable<SubscriptionResponse>;
};

/**
 * Sends responses as a stream of events or parts. A heartbeat keeps the connection alive; at each heartbeat the token is verified
 * again, and an expired token ends the stream. When the gateway stops, the stream ends without its completion, so that clients
 * reconnect and continue after the last event.
 * @returns the outcome for the log. @throws Refusal when the subscriber has too many streams; nothing has been sent then.
 */
export async function sendEventStream(
  { streams, heartbeatMs, log }: StreamSettings,
  response: ServerResponse,
  { framing, requestId, subscriber, authenticate, responses }: EventStream,
): Promise<string> {
  const stream = streams.open(subscriber);
  const ending = combinedSignal(stream.stopping);
  let refusal: unknown;
  const heartbeat = setInterval(() => {
    response.write(framing.heartbeat, "latin1");
    authenticate().catch((error: unknown) => {
      refusal = error;
      ending.abort();
    });
  }, heartbeatMs);
  response.once("close", ending.abort);
  sendStreamHead(response, framing.contentType, requestId);
  response.write(framing.opening, "latin1");
  let outcome = "ok";
  try {
    for await (const { id, response: each } of responses(ending.signal)) {
      if (refusal !== undefined) break;
      outcome = each.outcome;
      await send(response, framing.next(each.text, id));
    }
  } catch (error) {
    refusal = error;
  } finally {
    clearInterval(heartbeat);
    ending.release();
    stream.close();
  }
  if (refusal !== undefined) outcome = await sendRefusal(response, framing, refusal, requestId, log);
  else if (stream.stopping.aborted) return endInterrupted(response);
  response.end(framing.complete, "latin1");
  return outcome;
}

/** Ends the connection in the middle of the stream. */
function endInterrupted(response: ServerResponse): string {
  response.shouldKeepAlive = false;
  response.end(() => response.destroy());
  return "gateway stopping";
}

function sendStreamHead(response: ServerResponse, contentType: string, requestId: string): void {
  setSecurityHeaders(response, requestId);
  response.setHeader("cache-control", "no-store, no-transform");
  response.setHeader("x-accel-buffering", "no"); // nginx would buffer events
  response.writeHead(200, { "content-type": contentType });
  response.flushHeaders();
}

/** Waits while the client's receive buffer is full. */
async function send(response: ServerResponse, text: Utf8): Promise<void> {
  if (response.write(text, "latin1") || response.destroyed) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      response.off("drain", done);
      response.off("close", done);
      resolve();
    };
    response.on("drain", done);
    response.on("close", done);
  });
}

async function sendRefusal(
  response: ServerResponse,
  framing: StreamFraming,
  error: unknown,
  requestId: string,
  log: Logger,
): Promise<string> {
  const isRefusal = error instanceof Refusal;
  if (!isRefusal) log.error({ requestId, err: error }, "fault");
  const message = isRefusal ? error.message : "The gateway failed; the fault is logged under the request id";
  const code = isRefusal ? error.code : "INTERNAL";
  const masked = publicError({ message, extensions: { code } }, requestId);
  await send(response, framing.failure(toUtf8(JSON.stringify([masked]))));
  return code;
}
