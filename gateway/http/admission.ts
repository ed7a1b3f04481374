import type { IncomingMessage, ServerResponse } from "node:http";
import type { RateLimiter } from "../pipeline/limits/rate-limiter.ts";
import { clientAddress } from "./client-address.ts";
import { checkOrigin } from "./cors.ts";
import type { HttpConfiguration } from "./http-configuration.ts";

export type Admission = { http: HttpConfiguration; rateLimiter: Pick<RateLimiter, "admitAddress"> };

/**
 * Admits a request before anything of it is read: by the origin of its page and by the rate of its address.
 * @returns the client's address. @throws Refusal 403 or 429.
 */
export function admitRequest(
  { http, rateLimiter }: Admission,
  request: IncomingMessage,
  response: ServerResponse,
): string {
  const address = clientAddress(request, http.trustedProxies);
  checkOrigin(request, response, http.cors);
  rateLimiter.admitAddress(address);
  return address;
}
