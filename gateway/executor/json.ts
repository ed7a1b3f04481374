/** An object of parsed JSON; whatever a subgraph may have put into it. */
export type JsonObject = Record<string, unknown>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Names that every object seems to have. A client may choose any of them as an alias, a subgraph may send any. */
const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

export function isInherited(name: string): boolean {
  return INHERITED.has(name);
}

/** The value that an object itself has under a name, never one of its prototype. */
export function own(object: JsonObject, name: string): unknown {
  return INHERITED.has(name) && !Object.hasOwn(object, name) ? undefined : object[name];
}

/** Sets a value under any name, `__proto__` included. */
export function setOwn(object: JsonObject, name: string, value: unknown): void {
  if (name === "__proto__") {
    Object.defineProperty(object, name, { value, configurable: true, enumerable: true, writable: true });
  } else {
    object[name] = value;
  }
}

/** What JSON must escape; lone surrogates are among it, and pairs are left to JSON.stringify with them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A string as JSON text. */
export function stringToJson(value: string): string {
  return NEEDS_ESCAPE.test(value) ? JSON.stringify(value) : `"${value}"`;
}

/** Any value as JSON text. */
export function toJson(value: unknown): string {
  if (typeof value === "string") return stringToJson(value);
  return JSON.stringify(value) ?? "null";
}

/**
 * V8 keeps a concatenation as a tree of its pieces until somebody reads it. The pieces of a large answer have long left the
 * processor's caches when it is sent; asking early for the number that it is not makes one string of a part while they are near.
 */
export function flatten(text: string): void {
  Number(text);
}
