import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  parse,
  validate,
} from "graphql";
import type { Logger } from "pino";
import * as z from "zod";
import { selectedFields } from "../access-log/selected-fields.ts";
import type { Context } from "./context.ts";
import { badUserInput } from "./errors.ts";
import { maskError } from "./requests.ts";
import type { ServingMode } from "./serving-mode.ts";

export const EVENT_STREAM = "text/event-stream";
const HEARTBEAT_MS = 15_000;
/** Maximal duration of a stream. It then ends without `complete`, so that the client reconnects with a new identity. */
const LONGEST_MS = 15 * 60_000;

/** Event of a subscription's source. A client that connects again sends the id of the last event it has seen. */
export type SourceEvent = { eventId: string };

const request = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

export type Streams = {
  /** Serves one subscription. Each event gets a new context, so no event sees data that an earlier one has loaded. */
  serve(response: ServerResponse, body: string, newContext: (signal: AbortSignal) => Context): Promise<void>;
  /** Number of open streams. */
  size(): number;
  /** Ends all streams. */
  close(): void;
};

export function wantsEvents({ headers }: IncomingMessage): boolean {
  return headers.accept?.includes(EVENT_STREAM) ?? false;
}

/**
 * Subscriptions of one agency as server-sent events (graphql-sse, distinct connections mode). Each event is executed with the
 * caller's current rights, and its reads are recorded before it is sent. An event that the caller may no longer read ends
 * the stream.
 */
export function graphqlStreams(schema: GraphQLSchema, log: Logger, mode: Pick<ServingMode, "isDown">): Streams {
  const open = new Set<AbortController>();

  async function serve(
    response: ServerResponse,
    body: string,
    newContext: (signal: AbortSignal) => Context,
  ): Promise<void> {
    const ended = new AbortController();
    open.add(ended);
    response.once("close", () => ended.abort());
    const ending = setTimeout(() => ended.abort(), LONGEST_MS);
    const beat = setInterval(() => response.write(":\n\n"), HEARTBEAT_MS);
    response.writeHead(200, { "content-type": `${EVENT_STREAM}; charset=utf-8`, "cache-control": "no-store" });
    response.flushHeaders();
    try {
      if (await sendEvents(response, body, newContext, ended.signal)) response.write("event: complete\ndata:\n\n");
    } finally {
      clearTimeout(ending);
      clearInterval(beat);
      open.delete(ended);
      response.end();
    }
  }

  /** @returns true if the subscription is complete */
  async function sendEvents(
    response: ServerResponse,
    body: string,
    newContext: (signal: AbortSignal) => Context,
    signal: AbortSignal,
  ): Promise<boolean> {
    const args = subscriptionOf(schema, body);
    if (args instanceof GraphQLError) return send(response, undefined, { errors: [args] });
    const source = await createSourceEventStream({ ...args, contextValue: newContext(signal) });
    if (!(Symbol.asyncIterator in source)) return send(response, undefined, source);
    const fields = selectedFields(schema, args.document);
    for await (const event of source as AsyncIterable<SourceEvent>) {
      const contextValue = newContext(signal);
      if (mode.isDown() || signal.aborted) return false;
      const result = await execute({ ...args, rootValue: event, contextValue });
      await contextValue.access.flush(fields);
      await send(response, event.eventId, result);
      if (result.errors && Object.values(result.data ?? {}).every((value) => value === null)) return true;
    }
    return !signal.aborted;
  }

  async function send(response: ServerResponse, id: string | undefined, { data, errors }: ExecutionResult) {
    const shown = { ...(errors && { errors: errors.map((each) => maskError(each, log)) }), data };
    const head = id === undefined ? "" : `id: ${id}\n`;
    if (!response.write(`${head}event: next\ndata: ${JSON.stringify(shown)}\n\n`) && !response.destroyed) {
      await Promise.race([once(response, "drain"), once(response, "close")]);
    }
    return true;
  }

  return {
    serve,
    size: () => open.size,
    close: () => {
      for (const each of open) each.abort();
    },
  };
}

type Subscription = Pick<ExecutionArgs, "schema" | "document" | "variableValues" | "operationName"> & {
  document: DocumentNode;
};

function subscriptionOf(schema: GraphQLSchema, body: string): Subscription | GraphQLError {
  try {
    const { query, variables, operationName } = request.parse(JSON.parse(body));
    const document = parse(query);
    const [invalid] = validate(schema, document);
    if (invalid) return invalid;
    return { schema, document, variableValues: variables ?? {}, operationName: operationName ?? null };
  } catch (error) {
    return error instanceof GraphQLError ? error : badUserInput("The body is no GraphQL request", "query");
  }
}
