import { constants, deflateRawSync, inflateRawSync } from "node:zlib";
import { customType } from "drizzle-orm/pg-core";
import { restoreShapes, shortenShapes } from "./fixed-shapes.ts";
import { DICTIONARIES } from "./packed-json-dictionaries.ts";

/*
 * JSON that is read as a whole, in a quarter of the bytes of `jsonb`: texts of a fixed shape as bytes, and the whole deflated, with
 * the words that most of our texts have in common as the dictionary. The first byte is the dictionary's number. A text of before
 * packing begins with a brace or a bracket.
 */

const NEWEST = DICTIONARIES.length - 1;
/** First dictionary whose texts have their shapes shortened. */
const FIRST_SHORTENED = 3;
/** A window that holds the dictionary and a request; a larger one costs memory for each text. */
const OPTIONS = {
  dictionary: DICTIONARIES[NEWEST],
  ...{ windowBits: 13, memLevel: 6, level: constants.Z_BEST_COMPRESSION },
};

export function packJson(value: unknown): Buffer {
  return Buffer.concat([Buffer.of(NEWEST), deflateRawSync(shortenShapes(JSON.stringify(value)), OPTIONS)]);
}

export function unpackJson(stored: Uint8Array): unknown {
  const number = stored[0] ?? 0;
  const dictionary = DICTIONARIES[number];
  if (!dictionary) return JSON.parse(Buffer.from(stored).toString());
  const text = inflateRawSync(stored.subarray(1), { dictionary });
  return JSON.parse(number < FIRST_SHORTENED ? text.toString() : restoreShapes(text));
}

/** Packed JSON in the text format of bytes, as SQL writes it into JSON. */
export function unpackHexJson(text: string): unknown {
  return unpackJson(Buffer.from(text.slice("\\x".length), "hex"));
}

/** Packed JSON in the text format of bytes, for handwritten SQL that reads it from JSON. */
export function packHexJson(value: unknown): string {
  return `\\x${packJson(value).toString("hex")}`;
}

/** Column of packed JSON. No condition of a query can look into it. */
export function packedJson<T>(name: string) {
  const packed = customType<{ data: T; driverData: Uint8Array }>({
    dataType: () => "bytea",
    toDriver: packJson,
    fromDriver: (stored) => unpackJson(stored) as T, // only `toDriver` writes the column
  });
  return packed(name);
}
