import { isUtf8 } from "node:buffer";

declare const form: unique symbol;

/**
 * Text as the bytes of its UTF-8, one character for each (WHATWG Infra, "isomorphic decode"). The agencies' data go to the
 * client in this form: nothing of them is decoded and encoded again on the way, and V8 keeps and parses Vietnamese as fast as
 * ASCII, of which both forms are the same.
 */
export type Utf8 = string & { readonly [form]: "UTF-8" };

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is what it looks beyond
const BEYOND_ASCII = /[^\u0000-\u007f]/;

export function toUtf8(text: string): Utf8 {
  return (BEYOND_ASCII.test(text) ? Buffer.from(text).toString("latin1") : text) as Utf8;
}

/**
 * The same for texts that are kept and become part of many: what is cut out of a text with a character beyond Latin-1 would
 * take two bytes a character, and so would whatever it becomes part of.
 */
export function compactUtf8(text: string): Utf8 {
  return Buffer.from(text).toString("latin1") as Utf8;
}

export function fromUtf8(text: Utf8): string {
  return BEYOND_ASCII.test(text) ? utf8Bytes(text).toString() : text;
}

/** What came over a wire; bytes that are no UTF-8 are replaced by U+FFFD. */
export function receivedUtf8(bytes: Buffer): Utf8 {
  return isUtf8(bytes) ? (bytes.toString("latin1") as Utf8) : toUtf8(bytes.toString());
}

export function utf8Bytes(text: Utf8): Buffer {
  return Buffer.from(text, "latin1");
}

/**
 * Parses JSON; strings and names are in the same form. Escapes of characters (`\u1ec5`) are not, so that what has any of them
 * is written anew. @throws SyntaxError
 */
export function parseUtf8Json(json: Utf8): unknown {
  return JSON.parse(json.includes("\\u") ? rewritten(json) : json);
}

/** Parsed JSON in the plain form, for those who do not pass it on. */
export function decodedJson(parsed: unknown): unknown {
  return JSON.parse(fromUtf8(JSON.stringify(parsed) as Utf8));
}

function rewritten(json: Utf8): Utf8 {
  return toUtf8(JSON.stringify(JSON.parse(fromUtf8(json))));
}
