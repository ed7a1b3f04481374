import { afterEach, describe, expect, test } from "vitest";
import { withPlainData } from "../../gateway/subgraph-client/parse-response.ts";
import { compactUtf8, fromUtf8, parseUtf8Json, receivedUtf8, toUtf8 } from "../../gateway/utf8.ts";
import { aQuery, aScope, type Scripted, scripted } from "./kit/scripted-subgraph.ts";

const TEXTS = ["", "plain", "giấy khai sinh 🍼", "é ÿ \u0080", "\u2028", "one \ud800 alone"];

describe("text as the bytes of its UTF-8", () => {
  test.each(TEXTS)("the UTF-8 form of %j converts back to the same text", (text) => {
    const whole = text.replace("\ud800", "\ufffd"); // UTF-8 has no lone surrogates
    expect(fromUtf8(toUtf8(text))).toBe(whole);
    expect(fromUtf8(compactUtf8(text))).toBe(whole);
    expect(toUtf8(text)).toMatch(/^[\0-\xff]*$/s);
    expect(toUtf8(text)).toHaveLength(Buffer.byteLength(text));
  });

  test("invalid UTF-8 bytes are replaced", () => {
    const bytes = Buffer.from([0x61, 0xff, 0xe1, 0xbb, 0x62]);
    expect(fromUtf8(receivedUtf8(bytes))).toBe(bytes.toString());
    expect(fromUtf8(receivedUtf8(Buffer.from("ễ")))).toBe("ễ");
  });

  test.each(["ễ", "\\u1ec5", "\\u00ea", "\\\\u1ec5", "ễ\\u1ec5\\n", "\\ud83c\\udf7c", "\\u0000"])(
    "JSON of %s in UTF-8 form is parsed correctly",
    (inside) => {
      const json = `{"${inside}":["${inside}"]}`;
      const read = parseUtf8Json(toUtf8(json));
      expect(JSON.stringify(read)).toBe(toUtf8(JSON.stringify(JSON.parse(json))));
    },
  );
});

describe("an answer of a subgraph", () => {
  let shop: Scripted;
  afterEach(() => shop.close());

  test.each([
    ["as it is", '{"data":{"it":"Nguyễn 🍼"},"errors":[{"message":"không"}]}'],
    ["in escapes", '{"data":{"it":"Nguy\\u1ec5n \\ud83c\\udf7c"},"errors":[{"message":"kh\\u00f4ng"}]}'],
  ])("a subgraph response that has its text %s is read correctly, errors included", async (_, text) => {
    shop = await scripted((arrival) => arrival.fail(200, text));
    const answer = await shop.ask(aQuery({ id: "Nguyễn" }), aScope());
    expect(answer).toEqual({ data: { it: toUtf8("Nguyễn 🍼") }, errors: [{ message: "không" }] });
    expect(withPlainData(answer)).toEqual({ data: { it: "Nguyễn 🍼" }, errors: [{ message: "không" }] });
    expect(shop.arrivals[0]?.body.variables).toEqual({ id: "Nguyễn" });
  });
});
