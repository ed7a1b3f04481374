import type { IncomingMessage, ServerResponse } from "node:http";
import type { Gateway } from "../server.ts";
import { clientAddress } from "./client-address.ts";
import { checkOrigin, sendPreflight } from "./cors.ts";

/**
 * Lets a request in, or refuses it before anything of it is read: by the page it comes from, and by how many came from its
 * address, which is given back. @throws Refusal 403 or 429.
 */
export async function admitRequest(
  { configuration: { http }, allowance }: Pick<Gateway, "configuration" | "allowance">,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<string> {
  const address = clientAddress(request, http.trustedProxies);
  checkOrigin(request, response, http.origins);
  await allowance.admitAddress(address);
  return address;
}

/** A preflight of an admitted origin. @throws Refusal 403 to any other. */
export function servePreflight(
  { configuration: { http } }: Pick<Gateway, "configuration">,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  checkOrigin(request, response, http.origins);
  sendPreflight(response);
}
