import { isUtf8 } from "node:buffer";
import { parseWithExactNumbers, stringifyExactly } from "./json-numbers.ts";

declare const form: unique symbol;

/**
 * UTF-8 bytes as a string of one character per byte (WHATWG Infra, "isomorphic decode"). Subgraphs' data stay in this form on the
 * way to the client, so they are never decoded and encoded again, and V8 stores and parses Vietnamese text as fast as ASCII, which
 * is equal in both forms.
 */
export type Utf8 = string & { readonly [form]: "UTF-8" };

// biome-ignore lint/suspicious/noControlCharactersInRegex: it matches anything beyond ASCII
const BEYOND_ASCII = /[^\u0000-\u007f]/;

export function toUtf8(text: string): Utf8 {
  return (BEYOND_ASCII.test(text) ? Buffer.from(text).toString("latin1") : text) as Utf8;
}

/**
 * Converts a text that is kept and becomes part of many others, into a string with one byte per character. A slice of a text with
 * characters beyond Latin-1 takes two bytes per character, and so does every string that it becomes part of.
 */
export function compactUtf8(text: string): Utf8 {
  return Buffer.from(text).toString("latin1") as Utf8;
}

export function fromUtf8(text: Utf8): string {
  return BEYOND_ASCII.test(text) ? utf8Bytes(text).toString() : text;
}

/** Received bytes; invalid UTF-8 is replaced by U+FFFD. */
export function receivedUtf8(bytes: Buffer): Utf8 {
  return isUtf8(bytes) ? (bytes.toString("latin1") as Utf8) : toUtf8(bytes.toString());
}

export function utf8Bytes(text: Utf8): Buffer {
  return Buffer.from(text, "latin1");
}

/**
 * Parses JSON into values whose strings and names are `Utf8`. JSON with character escapes (`\u1ec5`) is rewritten first, since
 * JSON.parse would decode them to plain text. @throws SyntaxError
 */
export function parseUtf8Json(json: Utf8): unknown {
  return JSON.parse(json.includes("\\u") ? withoutEscapes(json) : json);
}

/** The same with exact numbers; slower, for JSON that is known to need it. @throws SyntaxError */
export function parseUtf8JsonExactly(json: Utf8): unknown {
  if (!json.includes("\\u")) return parseWithExactNumbers(json);
  return parseWithExactNumbers(toUtf8(stringifyExactly(parseWithExactNumbers(fromUtf8(json))) ?? ""));
}

/** Converts parsed JSON from `Utf8` to plain strings, for code that does not pass it on to the client. */
export function decodedJson(parsed: unknown): unknown {
  return JSON.parse(fromUtf8(JSON.stringify(parsed) as Utf8));
}

function withoutEscapes(json: Utf8): Utf8 {
  return toUtf8(JSON.stringify(JSON.parse(fromUtf8(json))));
}
