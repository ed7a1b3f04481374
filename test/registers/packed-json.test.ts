import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { restoreShapes, shortenShapes } from "../../subgraphs/_shared/registers/fixed-shapes.ts";
import { packJson, unpackJson } from "../../subgraphs/_shared/registers/packed-json.ts";
import { DICTIONARIES } from "../../subgraphs/_shared/registers/packed-json-dictionaries.ts";

/** The facts as the release before this form of packing stored them. */
const STORED_BEFORE = "AkNvjCUaGSVbGOmaJBkm65onmZnoJpkmJ+tamBtbJCabG1maoLbWTPG1zwwNdY0NlGoB";
const FACTS = { citizenId: "01a22c82-4b1c-7b64-b5cc-8738ac729419", number: "5/2026", registeredOn: "2026-11-30" };

test.each([
  ["a UUID", "01a22c82-4b1c-7b64-b5cc-8738ac729419", 17],
  ["a UUID behind other hexadecimal digits", "aa01a22c82-4b1c-7b64-b5cc-8738ac729419", 19],
  ["a UUID in capitals, of which only the last digits are short", "01A22C82-4B1C-7B64-B5CC-873812729419", 30],
  ["a day", "2026-11-30", 3],
  ["the first and the last day of two bytes", "1900-01-01 2079-06-06", 7],
  ["the days before and after them", "1899-12-31 2079-06-07", 21],
  ["a day that no calendar has", "2026-02-29 2026-13-01", 21],
  ["a personal number", "093195000017", 6],
  ["numbers of zeros", "000000 00000000000000", 12],
  ["numbers too short to gain", "12345 2026", 10],
  ["the longest number", "99999999999999", 7],
  ["digits beyond the longest number", "999999999999999", 8],
  ["an instant", "2026-11-30T04:31:36.475Z", 17],
  ["letters with diacritics between numbers", "Đặng 123456 Ái 2026-11-30ư", 22],
])("%s is stored in the bytes of its shapes and comes back as it was", (_, text, bytes) => {
  const json = JSON.stringify({ [text]: text });
  const short = shortenShapes(json);
  expect(restoreShapes(short)).toBe(json);
  expect(short.length - '{"":""}'.length).toBe(2 * bytes);
});

test("control characters of a text are not taken for marks", () => {
  const value = { text: "\u0001\u0002\u0009\n 093195000017 \u007f \u2028" };
  expect(unpackJson(packJson(value))).toEqual(value);
});

test.each([
  ["without packing", Buffer.from(JSON.stringify(FACTS))],
  ["with the second dictionary", Buffer.from(STORED_BEFORE, "base64")],
  ["with the third dictionary", Buffer.from("A0MrdBgX6TR5y1SnbD3TbrGmaIokciFkiqsQ2iqkVAsA", "base64")],
])("facts that were stored %s are read", (_, stored) => {
  expect(unpackJson(stored)).toEqual(FACTS);
});

test("no dictionary has changed, since what is stored could not be read with another one", () => {
  const digests = DICTIONARIES.map((text) => createHash("sha256").update(text).digest("hex").slice(0, 16));
  expect(digests).toEqual(["e3b0c44298fc1c14", "8fd7ff21511dbe0a", "5ae8bf2aa86fe6a7", "fff0e761f353901a"]);
});

test("facts are packed in two thirds of the bytes of before", () => {
  expect(packJson(FACTS).length).toBeLessThan((Buffer.from(STORED_BEFORE, "base64").length * 2) / 3);
});
