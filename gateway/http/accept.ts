import { LRUCache } from "lru-cache";
import Negotiator from "negotiator";
import { badRequest } from "../errors.ts";
import { EVENT_STREAM, MULTIPART, type StreamFraming } from "./stream-framing.ts";

export const JSON_TYPE = "application/json";
const EVENTS_TYPE = "text/event-stream";
const MULTIPART_TYPE = "multipart/mixed";
export const GRAPHQL_TYPE = "application/graphql-response+json";

/** Media types of a GraphQL response. */
export type ResponseType = typeof JSON_TYPE | typeof GRAPHQL_TYPE;

export type Negotiated = {
  /** Preferred type of a single response; undefined for a client that accepts none. */
  type: ResponseType | undefined;
  /** Wire format of a stream; undefined for a client that names none. */
  framing: StreamFraming | undefined;
};

/** Types of a single response; the first one is the choice of a client without a preference. */
const SINGLE_TYPES: ResponseType[] = [JSON_TYPE, GRAPHQL_TYPE];
/** Version 1 of multipart subscriptions, the only one. */
const SUBSCRIPTION_SPEC = /;\s*subscriptionspec="?1(\.\d+)?"?\s*(;|$)/i;
/** All types are in UTF-8, whatever the header asks. */
const CHARSET = /;\s*charset=[^;,]*/gi;
const PLAIN: Negotiated = { type: JSON_TYPE, framing: undefined };

/** Clients repeat few different headers, and parsing one costs more than the rest of the HTTP work. */
const cache = new LRUCache<string, Negotiated>({ max: 200 });

/**
 * Response types that a client accepts. A client without a preference gets plain JSON (GraphQL over HTTP, "Legacy
 * Watershed"). @throws Refusal 406, which names the types, for a client that accepts none of them.
 */
export function negotiate(accept: string | undefined): Negotiated {
  if (accept === undefined || accept === JSON_TYPE || accept.trim() === "") return PLAIN;
  const cached = cache.get(accept);
  if (cached) return cached;
  const negotiator = new Negotiator({ headers: { accept: accept.replaceAll(CHARSET, "") } });
  const type = negotiator.mediaType(SINGLE_TYPES) as ResponseType | undefined; // one of the given types
  const framing = framingOf(accept, negotiator);
  if (!type && !framing) {
    const streams = `${EVENTS_TYPE} or ${MULTIPART_TYPE};subscriptionSpec=1.0`;
    throw badRequest(`Accept must allow ${JSON_TYPE} or ${GRAPHQL_TYPE}, or for subscriptions ${streams}`, 406);
  }
  const negotiated = { type, framing };
  cache.set(accept, negotiated);
  return negotiated;
}

/** Server-sent events carry the ids of events, so they take precedence. */
function framingOf(accept: string, negotiator: Negotiator): StreamFraming | undefined {
  if (names(accept, EVENTS_TYPE) && negotiator.mediaType([EVENTS_TYPE])) return EVENT_STREAM;
  const range = accept.split(",").find((each) => names(each, MULTIPART_TYPE) && SUBSCRIPTION_SPEC.test(each));
  return range && !/;\s*q=0(\.0*)?\s*(;|$)/.test(range) ? MULTIPART : undefined;
}

/** The address bar of a browser accepts a page; programs do not name one. */
export function acceptsHtml(accept: string | undefined): boolean {
  if (accept === undefined || !names(accept, "text/html")) return false;
  return new Negotiator({ headers: { accept } }).mediaType(["text/html"]) !== undefined;
}

/** A wildcard alone does not ask for events or pages. */
function names(accept: string, type: string): boolean {
  return accept.toLowerCase().includes(type);
}
