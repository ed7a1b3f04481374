import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sealWith } from "../subgraphs/_shared/seal.ts";

const ascii = fc.string({ unit: "grapheme-ascii", maxLength: 2_000 });

test("a seal is the HMAC-SHA-256 that everybody else computes, whatever the secret", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "grapheme-ascii", maxLength: 130 }), fc.string()), ascii, (secret, text) => {
      expect(sealWith(secret, text)).toBe(createHmac("sha256", secret).update(text).digest("base64url"));
    }),
  );
});

test("seals of one secret do not get into each other's way", () => {
  const texts = ["first", "second", "first"];
  const seals = texts.map((text) => sealWith("secret-0123456789", text));
  expect(seals[0]).toBe(seals[2]);
  expect(seals[0]).not.toBe(seals[1]);
});
