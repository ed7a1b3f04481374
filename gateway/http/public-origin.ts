import type { IncomingMessage } from "node:http";
import { ownOrigin } from "./own-origin.ts";

/** Origin under which clients reach the gateway: the configured one, else that of the request's host. */
export function publicOrigin(request: IncomingMessage, configured: string | undefined): string {
  if (configured !== undefined) return configured;
  const { host } = request.headers;
  return host !== undefined && URL.canParse(`http://${host}`) ? new URL(`http://${host}`).origin : ownOrigin(request);
}
