import type { Caller } from "./caller.ts";

/** Texts by the list of permissions, an object that all requests with one token share. */
const texts = new WeakMap<Caller["permissions"], { caller: Caller; text: string }>();

/** Caller as ASCII JSON for a header. */
export function callerText(caller: Caller): string {
  return `${identityText(caller).slice(0, -1)},"requestId":${asciiJson(caller.requestId)}}`;
}

/** Caller as ASCII JSON without the request's id, so equal for all requests of a caller. Computed once for each token. */
export function identityText(caller: Caller): string {
  const known = texts.get(caller.permissions);
  if (known && isSame(known.caller, caller)) return known.text;
  const { requestId, ...identity } = caller;
  const text = asciiJson(identity);
  texts.set(caller.permissions, { caller, text });
  return text;
}

/**
 * True if two callers with the same permissions have the same text. A loop over the names of the fields would cost as much as
 * the text; a test fails if a field is missing here.
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
/** Characters that need an escape neither in JSON nor in a header. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** JSON of printable ASCII characters, as a header requires; all other characters are escaped. */
function asciiJson(value: unknown): string {
  if (typeof value === "string" && PLAIN.test(value)) return `"${value}"`;
  return JSON.stringify(value).replace(UNPRINTABLE, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
