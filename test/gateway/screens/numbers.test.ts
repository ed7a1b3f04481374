import { describe, expect, test } from "vitest";
import { typedNumber } from "../../../gateway/screens/browser/form/numbers.ts";

describe("numbers as people type them", () => {
  test.each([
    ["1.000", 1_000],
    ["50.000.000", 50_000_000],
    ["50,000,000", 50_000_000],
    ["50 000 000", 50_000_000],
    ["-1.000", -1_000],
    ["50000000", 50_000_000],
    ["0", 0],
  ])("the whole number %s is read as %d in both languages", (text, value) => {
    expect(typedNumber(text, true, "vi")).toBe(value);
    expect(typedNumber(text, true, "en")).toBe(value);
  });

  test.each(["1,5", "1.50", "0.125", "1000.000", "1.000,000", "1.000.00", "1.000,5", "năm mươi", "1e3", "0x10", ""])(
    "the text %j is no whole number",
    (text) => {
      expect(typedNumber(text, true, "vi")).toBeUndefined();
      expect(typedNumber(text, true, "en")).toBeUndefined();
    },
  );

  test("groups and decimals of other numbers have the signs of the page's language", () => {
    expect(typedNumber("1.000,5", false, "vi")).toBe(1_000.5);
    expect(typedNumber("1,000.5", false, "en")).toBe(1_000.5);
    expect(typedNumber("1.000", false, "vi")).toBe(1_000);
    expect(typedNumber("1.000", false, "en")).toBe(1);
    expect(typedNumber("85,5", false, "vi")).toBe(85.5);
    expect(typedNumber("85.5", false, "vi")).toBe(85.5);
    expect(typedNumber("0.125", false, "vi")).toBe(0.125);
    expect(typedNumber("1.000.5", false, "vi")).toBeUndefined();
  });
});
