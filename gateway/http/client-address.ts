import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/**
 * Address by which requests are counted: the one that the outermost of `hops` trusted proxies saw, or that of the peer
 * without proxies. Entries of X-Forwarded-For that the client wrote itself stand further left and are ignored. IPv6 addresses
 * are counted by their network.
 */
export function clientAddress(
  { headers, socket }: { headers: IncomingHttpHeaders; socket: { remoteAddress?: string | undefined } },
  hops: number,
): string {
  const peer = socket.remoteAddress ?? "";
  if (hops === 0) return networkOf(peer);
  const forwarded = String(headers["x-forwarded-for"] ?? "").split(",");
  const seen = forwarded[forwarded.length - hops]?.trim() ?? "";
  return networkOf(isIP(seen) ? seen : peer);
}

/** A customer holds at least a /64 of IPv6, so all of it counts as one address. */
function networkOf(address: string): string {
  if (!address.includes(":") || !ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address); // an IPv4 address in IPv6 notation becomes IPv4
  if (!("parts" in parsed)) return parsed.toString();
  const groups = parsed.parts.slice(0, 4).map((each) => each.toString(16));
  return `${groups.join(":")}::/64`;
}
