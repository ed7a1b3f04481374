import type { ServerResponse } from "node:http";
import { Refusal } from "../errors.ts";
import { graphqlResponse } from "../pipeline/graphql-response.ts";
import type { Gateway } from "../server.ts";
import { combinedSignal } from "../subscriptions/combined-signal.ts";
import type { SubscriptionResponse } from "../subscriptions/subscription-responses.ts";
import { toUtf8, type Utf8 } from "../utf8.ts";
import { setSecurityHeaders } from "./headers.ts";

/** What a stream of answers needs to know of its request. */
export type EventStream = {
  requestId: string;
  /** Who reads it, for the limits. */
  reader: string;
  /** Looks at the client's token. @throws Refusal once it is not good any more. */
  authenticate(): Promise<unknown>;
  /** The answers, until `signal` is aborted. */
  answers(signal: AbortSignal): AsyncIterable<SubscriptionResponse>;
};

/**
 * Sends answers as server-sent events (graphql-sse, distinct connections mode): `next` for each, `complete` after the last. A
 * comment keeps the connection alive; the token is looked at then too, and ends the stream with an error when it has expired.
 * @returns the outcome for the log. @throws Refusal when the reader has too many streams; nothing is sent then.
 */
export async function sendEventStream(
  { configuration, live, log }: Pick<Gateway, "configuration" | "live" | "log">,
  response: ServerResponse,
  { requestId, reader, authenticate, answers }: EventStream,
): Promise<string> {
  const stream = live.open(reader);
  const ending = combinedSignal(stream.stopping);
  let refusal: unknown;
  const beat = setInterval(() => {
    response.write(":\n\n");
    authenticate().catch((error: unknown) => {
      refusal = error;
      ending.abort();
    });
  }, configuration.streams.heartbeatMs);
  response.once("close", ending.abort);
  setSecurityHeaders(response, requestId);
  response.setHeader("cache-control", "no-store, no-transform");
  response.setHeader("x-accel-buffering", "no"); // nginx would keep events back
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  response.flushHeaders();
  let outcome = "ok";
  try {
    for await (const { id, answer } of answers(ending.signal)) {
      if (refusal !== undefined) break;
      outcome = answer.outcome;
      await send(response, nextEvent(answer.text, id));
    }
  } catch (error) {
    refusal = error;
  } finally {
    clearInterval(beat);
    ending.release();
    stream.close();
  }
  if (refusal !== undefined) outcome = await sendRefusal(response, refusal, requestId, log);
  response.end("event: complete\ndata:\n\n");
  return outcome;
}

function nextEvent(answer: Utf8, id: string | undefined): Utf8 {
  return `${id === undefined ? "" : `id: ${toUtf8(id)}\n`}event: next\ndata: ${answer}\n\n` as Utf8;
}

/** Waits while the client does not read. */
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
  error: unknown,
  requestId: string,
  log: Gateway["log"],
): Promise<string> {
  const isRefusal = error instanceof Refusal;
  if (!isRefusal) log.error({ requestId, err: error }, "fault");
  const message = isRefusal ? error.message : "The gateway failed; the fault is logged under the request id";
  const code = isRefusal ? error.code : "INTERNAL";
  const scope = { requestId, agencies: new Map() };
  const { text, outcome } = graphqlResponse(undefined, [{ message, extensions: { code } }], scope);
  await send(response, nextEvent(text, undefined));
  return outcome;
}
