import { stringifyExactly } from "../json-numbers.ts";

/** Object of parsed JSON, with whatever members a subgraph sent. */
export type JsonObject = Record<string, unknown>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Names inherited from Object.prototype. Clients may use them as aliases, subgraphs may send them. */
const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

export function isInherited(name: string): boolean {
  return INHERITED.has(name);
}

/** Own property of an object, never one of its prototype. */
export function own(object: JsonObject, name: string): unknown {
  return INHERITED.has(name) && !Object.hasOwn(object, name) ? undefined : object[name];
}

/** Sets an own property of any name, `__proto__` included. */
export function setOwn(object: JsonObject, name: string, value: unknown): void {
  if (name === "__proto__") {
    Object.defineProperty(object, name, { value, configurable: true, enumerable: true, writable: true });
  } else {
    object[name] = value;
  }
}

/** Characters that JSON must escape, and surrogates, since JSON.stringify escapes lone ones. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it searches for control characters
const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/;

/** JSON text of a string. */
export function stringToJson(value: string): string {
  return NEEDS_ESCAPE.test(value) ? JSON.stringify(value) : `"${value}"`;
}

/** JSON text of any value. */
export function toJson(value: unknown): string {
  if (typeof value === "string") return stringToJson(value);
  return stringifyExactly(value) ?? "null";
}

/**
 * Makes V8 flatten a concatenated string. V8 keeps a concatenation as a tree of its pieces until it is read; the pieces of a large
 * response have left the CPU caches by the time it is sent, so flattening each part early is cheaper.
 */
export function flatten(text: string): void {
  Number(text);
}
