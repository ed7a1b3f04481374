import { toUtf8, type Utf8 } from "../utf8.ts";

/** Wire format of a stream of GraphQL responses. */
export type StreamFraming = {
  contentType: string;
  /** Stands before everything else. */
  opening: Utf8;
  heartbeat: Utf8;
  /** One response, with the id by which the client continues after it. */
  next(body: Utf8, id: string | undefined): Utf8;
  /** Error that ends the stream; `errors` is a JSON list. */
  failure(errors: Utf8): Utf8;
  /** Nothing more will come. A stream that ends without it has been interrupted, and clients reconnect. */
  complete: Utf8;
};

/** Server-sent events (graphql-sse, distinct connections mode). */
export const EVENT_STREAM: StreamFraming = {
  contentType: "text/event-stream; charset=utf-8",
  opening: toUtf8(""),
  heartbeat: toUtf8(":\n\n"),
  next: (body, id) => `${id === undefined ? "" : `id: ${toUtf8(id)}\n`}event: next\ndata: ${body}\n\n` as Utf8,
  failure: (errors) => `event: next\ndata: {"errors":${errors}}\n\n` as Utf8,
  complete: toUtf8("event: complete\ndata:\n\n"),
};

const BOUNDARY = "\r\n--graphql";

/** A part with the boundary after it: a client knows only by the boundary that the part is complete. */
function part(json: string): Utf8 {
  return `\r\ncontent-type: application/json\r\n\r\n${json}${BOUNDARY}` as Utf8; // of Utf8 and ASCII
}

/** Multipart subscriptions (`subscriptionSpec=1.0`), the default of Apollo Client. Event ids are in the extensions of the responses. */
export const MULTIPART: StreamFraming = {
  contentType: "multipart/mixed;boundary=graphql;subscriptionSpec=1.0",
  opening: toUtf8(BOUNDARY),
  heartbeat: part("{}"),
  next: (body) => part(`{"payload":${body}}`),
  failure: (errors) => part(`{"payload":null,"errors":${errors}}`),
  complete: toUtf8("--\r\n"),
};
