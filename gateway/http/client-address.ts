import type { IncomingMessage } from "node:http";
import { isIP, isIPv6 } from "node:net";

/**
 * Address by which requests are counted: the one that the outermost of `hops` trusted proxies saw, or that of the peer
 * without proxies. Entries of X-Forwarded-For that the client wrote itself stand further left and are ignored. IPv6 addresses
 * are counted by their network.
 */
export function clientAddress(request: IncomingMessage, hops: number): string {
  const peer = request.socket.remoteAddress ?? "";
  if (hops === 0) return networkOf(peer);
  const forwarded = String(request.headers["x-forwarded-for"] ?? "").split(",");
  const seen = forwarded[forwarded.length - hops]?.trim() ?? "";
  return networkOf(isIP(seen) ? seen : peer);
}

/** A customer holds at least a /64 of IPv6, so all of it counts as one address. */
function networkOf(address: string): string {
  if (!address.includes(":") || !isIPv6(address)) return address;
  const v4 = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (v4) return v4;
  const [left = "", right] = address.toLowerCase().split("::");
  const groups = left.split(":").filter((each) => each !== "");
  const behind = (right ?? "").split(":").filter((each) => each !== "");
  while (right !== undefined && groups.length + behind.length < 8) groups.push("0");
  return `${[...groups, ...behind].slice(0, 4).join(":")}::/64`;
}
