import type { Caller } from "./caller.ts";

/** By the list of permissions, which all requests of one remembered token have in common. */
const texts = new WeakMap<Caller["permissions"], { caller: Caller; text: string }>();

/** A caller as JSON in ASCII, as a header takes it. */
export function callerText(caller: Caller): string {
  return `${identityText(caller).slice(0, -1)},"requestId":${asciiJson(caller.requestId)}}`;
}

/** The same without the request's id: what two requests of one caller have in common. Made once for each token. */
export function identityText(caller: Caller): string {
  const known = texts.get(caller.permissions);
  if (known && isSame(known.caller, caller)) return known.text;
  const { requestId, ...identity } = caller;
  const text = asciiJson(identity);
  texts.set(caller.permissions, { caller, text });
  return text;
}

/**
 * True if two who have their permissions in common are told by the same text. A loop over the names of the fields costs as much as
 * the text; a test misses what is not here.
 */
function isSame(one: Caller, other: Caller): boolean {
  return (
    one.subject === other.subject &&
    one.role === other.role &&
    one.otherScopes === other.otherScopes &&
    one.office === other.office &&
    one.province === other.province &&
    one.agency === other.agency &&
    one.personalId === other.personalId &&
    one.purpose === other.purpose &&
    one.onBehalfOf === other.onBehalfOf
  );
}

const UNPRINTABLE = /[^ -~]/g;
/** What JSON and a header take as it is. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** A header takes the printable characters of ASCII; JSON has another way to write the rest. */
function asciiJson(value: unknown): string {
  if (typeof value === "string" && PLAIN.test(value)) return `"${value}"`;
  return JSON.stringify(value).replace(UNPRINTABLE, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
