import type { IncomingMessage, ServerResponse } from "node:http";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import type { RateLimiter } from "../pipeline/limits/rate-limiter.ts";
import { entityTag, isKnownToClient } from "./entity-tag.ts";

/** Request headers on which an answer to GET depends. */
const VARY = "Accept, Accept-Encoding, Authorization";

/**
 * Sets the headers with which a client polls: entity tag and permission to keep the answer for itself, to be used only after
 * asking again. An answer with errors is not kept, because it may be another one soon.
 * @returns true if the client has this answer already: then 304 is sent in its place.
 */
export function isUnchangedRead(
  request: IncomingMessage,
  response: ServerResponse,
  { text, isComplete }: { text: string; isComplete: boolean },
): boolean {
  response.appendHeader("vary", VARY);
  if (!isComplete) return false;
  const tag = entityTag(text);
  response.setHeader("cache-control", "private, no-cache");
  response.setHeader("etag", tag);
  return isKnownToClient(request, tag);
}

/** Sets the rest of the caller's rate limits: `RateLimit` and `RateLimit-Policy`, draft-ietf-httpapi-ratelimit-headers-10. */
export function setRateLimits(
  response: ServerResponse,
  rateLimiter: Pick<RateLimiter, "rests">,
  caller: Caller,
  address: string,
): void {
  const rests = rateLimiter.rests(caller, address);
  const policies = rests.map(({ name, allowed, windowSeconds }) => `"${name}";q=${allowed};w=${windowSeconds}`);
  response.setHeader("ratelimit-policy", policies.join(", "));
  response.setHeader(
    "ratelimit",
    rests.map(({ name, rest, seconds }) => `"${name}";r=${rest};t=${seconds}`).join(", "),
  );
}
