import { lookup as lookUp } from "node:dns";
import type { LookupFunction } from "node:net";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** An address of the receiver is private, loopback, link-local or of another special range that is not allowed. */
export class AddressRefused extends Error {}

type Range = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];
/** Special ranges that receivers may have beside public addresses: all, or those listed. */
export type AllowedAddresses = "ALL" | readonly Range[];

/** @throws Error naming a text that is no range such as 10.1.0.0/16 */
export function readRanges(texts: readonly string[]): Range[] {
  return texts.map((text) => {
    if (!ipaddr.isValidCIDR(text)) throw new Error(`${text} is no range such as 10.1.0.0/16`);
    return ipaddr.parseCIDR(text);
  });
}

/** True for a public unicast address, and for one within the allowed ranges. */
export function mayReceive(address: string, allowed: AllowedAddresses): boolean {
  const [plain = ""] = address.split("%"); // without the zone of IPv6
  if (!ipaddr.isValid(plain)) return false;
  const parsed = ipaddr.process(plain); // an IPv4 address in IPv6 notation becomes IPv4
  if (allowed === "ALL" || parsed.range() === "unicast") return true;
  return allowed.some(([range, bits]) => range.kind() === parsed.kind() && parsed.match(range, bits));
}

/** Host of a URL as an IP address; null for a name. */
export function literalAddress({ hostname }: URL): string | null {
  const plain = hostname.replace(/^\[|\]$/g, "");
  return isIP(plain) ? plain : null;
}

/**
 * Look-up for connections: it fails unless every address of the name may receive. The connection is made to an address that it
 * returns, so no second look-up can lead elsewhere (DNS rebinding).
 */
export function checkedLookup(allowed: AllowedAddresses, resolve: typeof lookUp = lookUp): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const refused = addresses.find(({ address }) => !mayReceive(address, allowed));
      if (refused) return callback(new AddressRefused(`${hostname} is ${refused.address}`), []);
      if (options.all) return callback(null, addresses);
      const [first] = addresses;
      callback(null, first?.address ?? "", first?.family);
    });
  };
}
