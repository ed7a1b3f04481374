import type { IncomingMessage } from "node:http";

/** Address at which a request has reached the gateway, such as `http://127.0.0.1:4000`. */
export function ownOrigin({ socket: { localAddress = "127.0.0.1", localPort } }: IncomingMessage): string {
  return `http://${localAddress.includes(":") ? `[${localAddress}]` : localAddress}:${localPort}`;
}
