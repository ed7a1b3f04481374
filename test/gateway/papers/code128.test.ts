import bwip from "bwip-js/node";
import { expect, test } from "vitest";
import { code128 } from "../../../gateway/papers/drawing/code128.ts";

const LETTERS = Array.from({ length: 95 }, (_, place) => String.fromCharCode(32 + place));

/** Modules of a text by another implementation, which takes code set B as long as no two digits stand together. */
function otherModules(text: string): boolean[] {
  const [first] = bwip.raw("code128", text, "");
  if (!first || !("sbs" in first)) throw new Error("A barcode of one row has widths");
  return [...first.sbs].flatMap((width, place) => Array<boolean>(width).fill(place % 2 === 0));
}

test.each(LETTERS.map((letter) => `A${letter}b`))("the bars of %j are those of another implementation", (text) => {
  expect(code128(text)).toEqual(otherModules(text));
});

test("the check symbol is that of another implementation, for each of its 103 values", () => {
  const texts = LETTERS.flatMap((first) => LETTERS.slice(34, 58).map((second) => `${first}x${second}`));
  const checkSymbols = new Set(texts.map((text) => code128(text).slice(-24, -13).join()));
  expect(checkSymbols.size).toBe(103);
  for (const text of texts) expect(code128(text), text).toEqual(otherModules(text));
});

test("a text outside printable ASCII is refused", () => {
  expect(() => code128("Hồ sơ")).toThrow(RangeError);
});
