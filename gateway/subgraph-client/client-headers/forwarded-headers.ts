import type { IncomingMessage } from "node:http";
import { badRequest } from "../../errors.ts";
import { isFieldValue } from "../transport/http1/field-syntax.ts";

/** Values of the headers of one client's request that some subgraph receives, by lower-case names. */
export type ForwardedHeaders = ReadonlyMap<string, string>;

const NOTHING: ForwardedHeaders = new Map();

/**
 * Takes the headers to forward from a client's request. A header that the client's Connection header nominates belongs to that
 * connection and is not forwarded (RFC 9110, section 7.6.1).
 * @throws Refusal 400 for a value that is no field value.
 */
export function forwardedHeaders(
  { headers }: Pick<IncomingMessage, "headers">,
  names: readonly string[],
  requestId: string,
): ForwardedHeaders {
  if (names.length === 0) return NOTHING;
  const nominated = nominatedNames(headers.connection);
  const taken = new Map<string, string>();
  for (const name of names) {
    // clients may leave the id of their request to the gateway
    const given = name === "x-request-id" ? requestId : headers[name];
    if (given === undefined || nominated.has(name)) continue;
    const value = Array.isArray(given) ? given.join(", ") : given;
    if (!isFieldValue(value)) throw badRequest(`The header ${name} has an illegal character`);
    taken.set(name, value);
  }
  return taken;
}

const NO_NAMES: ReadonlySet<string> = new Set();

function nominatedNames(connection: string | undefined): ReadonlySet<string> {
  if (connection === undefined || connection === "keep-alive" || connection === "close") return NO_NAMES;
  return new Set(connection.split(",").map((name) => name.trim().toLowerCase()));
}

/** Appends the headers that one subgraph receives to a list of alternating names and values. */
export function appendForwarded(headers: string[], forwarded: ForwardedHeaders, names: readonly string[]): void {
  for (const name of names) {
    const value = forwarded.get(name);
    if (value !== undefined) headers.push(name, value);
  }
}

/** The same headers as a key: two requests with equal keys are equal for the subgraph. */
export function forwardedKey(forwarded: ForwardedHeaders | undefined, names: readonly string[]): string {
  let key = "";
  for (const name of names) {
    const value = forwarded?.get(name);
    if (value !== undefined) key += `${name}:${value}\n`; // no value has a line end
  }
  return key;
}
