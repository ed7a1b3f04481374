import type { ServerResponse } from "node:http";
import type { Logger } from "pino";
import { Refusal } from "../errors.ts";
import { graphqlResponse } from "../pipeline/graphql-response.ts";
import { combinedSignal } from "../subscriptions/combined-signal.ts";
import type { OpenStreams } from "../subscriptions/open-streams.ts";
import type { SubscriptionResponse } from "../subscriptions/subscription-responses.ts";
import { toUtf8, type Utf8 } from "../utf8.ts";
import { setSecurityHeaders } from "./headers.ts";

export type StreamSettings = { streams: OpenStreams; heartbeatMs: number; log: Logger };

/** One stream of responses. */
export type EventStream = {
  requestId: string;
  /** Caller whose limit of streams counts. */
  subscriber: string;
  /** Verifies the client's token. @throws Refusal once it is no longer valid. */
  authenticate(): Promise<unknown>;
  /** Responses until `signal` is aborted. */
  responses(signal: AbortSignal): AsyncIterable<SubscriptionResponse>;
};

/**
 * Sends responses as server-sent events (graphql-sse, distinct connections mode): `next` for each, `complete` after the last.
 * A comment keeps the connection alive; at each comment the token is verified again, and an expired token ends the stream.
 * @returns the outcome for the log. @throws Refusal when the subscriber has too many streams; nothing has been sent then.
 */
export async function sendEventStream(
  { streams, heartbeatMs, log }: StreamSettings,
  response: ServerResponse,
  { requestId, subscriber, authenticate, responses }: EventStream,
): Promise<string> {
  const stream = streams.open(subscriber);
  const ending = combinedSignal(stream.stopping);
  let refusal: unknown;
  const heartbeat = setInterval(() => {
    response.write(":\n\n");
    authenticate().catch((error: unknown) => {
      refusal = error;
      ending.abort();
    });
  }, heartbeatMs);
  response.once("close", ending.abort);
  sendStreamHead(response, requestId);
  let outcome = "ok";
  try {
    for await (const { id, response: each } of responses(ending.signal)) {
      if (refusal !== undefined) break;
      outcome = each.outcome;
      await send(response, nextEvent(each.text, id));
    }
  } catch (error) {
    refusal = error;
  } finally {
    clearInterval(heartbeat);
    ending.release();
    stream.close();
  }
  if (refusal !== undefined) outcome = await sendRefusal(response, refusal, requestId, log);
  response.end("event: complete\ndata:\n\n");
  return outcome;
}

function sendStreamHead(response: ServerResponse, requestId: string): void {
  setSecurityHeaders(response, requestId);
  response.setHeader("cache-control", "no-store, no-transform");
  response.setHeader("x-accel-buffering", "no"); // nginx would buffer events
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  response.flushHeaders();
}

function nextEvent(body: Utf8, id: string | undefined): Utf8 {
  return `${id === undefined ? "" : `id: ${toUtf8(id)}\n`}event: next\ndata: ${body}\n\n` as Utf8;
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

async function sendRefusal(response: ServerResponse, error: unknown, requestId: string, log: Logger): Promise<string> {
  const isRefusal = error instanceof Refusal;
  if (!isRefusal) log.error({ requestId, err: error }, "fault");
  const message = isRefusal ? error.message : "The gateway failed; the fault is logged under the request id";
  const code = isRefusal ? error.code : "INTERNAL";
  const scope = { requestId, agencies: new Map() };
  const { text, outcome } = graphqlResponse(undefined, [{ message, extensions: { code } }], scope);
  await send(response, nextEvent(text, undefined));
  return outcome;
}
