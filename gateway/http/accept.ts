export const JSON_TYPE = "application/json";
const EVENTS_TYPE = "text/event-stream";
export const GRAPHQL_TYPE = "application/graphql-response+json";

/**
 * The media type of a GraphQL answer that a client likes best, or undefined if it takes none of ours. A client that says
 * nothing, or that takes anything, gets plain JSON (GraphQL over HTTP, "Legacy Watershed").
 */
export function negotiatedType(accept: string | undefined): typeof JSON_TYPE | typeof GRAPHQL_TYPE | undefined {
  if (accept === undefined || accept === JSON_TYPE || accept.trim() === "") return JSON_TYPE;
  const json = quality(accept, [JSON_TYPE, "application/*", "*/*"]);
  const graphql = quality(accept, [GRAPHQL_TYPE]);
  if (graphql > 0 && graphql >= json) return GRAPHQL_TYPE;
  return json > 0 ? JSON_TYPE : undefined;
}

/** Whether a client takes server-sent events. */
export function acceptsEventStream(accept: string | undefined): boolean {
  return accept !== undefined && accept !== JSON_TYPE && quality(accept, [EVENTS_TYPE]) > 0;
}

/** A browser's address bar asks for a page; programs do not. */
export function acceptsHtml(accept: string | undefined): boolean {
  return accept !== undefined && quality(accept, ["text/html"]) > 0;
}

/** The quality (0 to 1) of the most specific of the types that the header names. */
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
