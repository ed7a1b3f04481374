import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sealWith } from "../../subgraphs/_shared/identity/seal.ts";

const secrets = fc.oneof(fc.string({ unit: "grapheme-ascii", maxLength: 130 }), fc.string());
const heads = fc.string({ unit: "grapheme-ascii", maxLength: 2_000 });
const bodies = fc.oneof(fc.uint8Array({ maxLength: 2_000 }), fc.constant(new Uint8Array(100_000).fill(7)));

test("a seal equals the HMAC-SHA-256 of another implementation for any secret", () => {
  fc.assert(
    fc.property(secrets, heads, bodies, (secret, head, body) => {
      const expected = createHmac("sha256", secret).update(head).update("\n").update(body).digest("base64url");
      expect(sealWith(secret, head, body)).toBe(expected);
      expect(sealWith(secret, head, { latin1: Buffer.from(body).toString("latin1") })).toBe(expected);
    }),
  );
});

test("seals with one secret do not affect one another", () => {
  const texts = ["first", "second", "first"];
  const seals = texts.map((text) => sealWith("secret-0123456789", text, Buffer.from("body")));
  expect(seals[0]).toBe(seals[2]);
  expect(seals[0]).not.toBe(seals[1]);
});
