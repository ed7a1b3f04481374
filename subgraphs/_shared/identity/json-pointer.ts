/** JSON pointer (RFC 6901) as its reference tokens, unescaped. The pointer to the whole document has none. */
export type JsonPointer = readonly string[];

const POINTER = /^(?:\/(?:[^/~]|~[01])*)+$/;

/** Parses a pointer to a part of a document such as `/realm_access/roles`; undefined for any other text. */
export function parsePointer(text: string): JsonPointer | undefined {
  if (!POINTER.test(text)) return undefined;
  const tokens = text.slice(1).split("/");
  return tokens.map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

const INDEX = /^(?:0|[1-9]\d*)$/;

/** Value at a pointer; undefined if the document has none. Inherited properties do not count. */
export function valueAt(document: unknown, pointer: JsonPointer): unknown {
  let value = document;
  for (const token of pointer) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, token)) return undefined;
    if (Array.isArray(value) && !INDEX.test(token)) return undefined;
    value = (value as Record<string, unknown>)[token]; // an own property of an object
  }
  return value;
}
