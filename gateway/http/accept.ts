import { badRequest } from "../errors.ts";

export const JSON_TYPE = "application/json";
const EVENTS_TYPE = "text/event-stream";
export const GRAPHQL_TYPE = "application/graphql-response+json";

/** Media types of a GraphQL response. */
export type ResponseType = typeof JSON_TYPE | typeof GRAPHQL_TYPE;

export type Negotiated = {
  /** Preferred type of a single response; undefined for a client that accepts none. */
  type: ResponseType | undefined;
  /** True for a client that accepts server-sent events. */
  acceptsEvents: boolean;
};

const PLAIN: Negotiated = { type: JSON_TYPE, acceptsEvents: false };

/**
 * Response types that a client accepts. A client without a preference gets plain JSON (GraphQL over HTTP, "Legacy
 * Watershed"). @throws Refusal 406 for a client that accepts none of them.
 */
export function negotiate(accept: string | undefined): Negotiated {
  if (accept === undefined || accept === JSON_TYPE || accept.trim() === "") return PLAIN;
  const type = preferredType(accept);
  const acceptsEvents = quality(accept, [EVENTS_TYPE]) > 0;
  if (!type && !acceptsEvents) throw badRequest(`Accept must allow ${JSON_TYPE} or ${GRAPHQL_TYPE}`, 406);
  return { type, acceptsEvents };
}

function preferredType(accept: string): ResponseType | undefined {
  const json = quality(accept, [JSON_TYPE, "application/*", "*/*"]);
  const graphql = quality(accept, [GRAPHQL_TYPE]);
  if (graphql > 0 && graphql >= json) return GRAPHQL_TYPE;
  return json > 0 ? JSON_TYPE : undefined;
}

/** The address bar of a browser accepts a page; programs do not. */
export function acceptsHtml(accept: string | undefined): boolean {
  return accept !== undefined && quality(accept, ["text/html"]) > 0;
}

/** Quality (0 to 1) of the most specific of the types that the header names. */
function quality(accept: string, types: string[]): number {
  const ranges = accept.split(",").map((range) => {
    const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    const q = parameters.find((part) => part.startsWith("q="));
    return { type, q: q === undefined ? 1 : Number(q.slice(2)) || 0 };
  });
  for (const type of types) {
    const found = ranges.find((range) => range.type === type);
    if (found) return found.q;
  }
  return 0;
}
