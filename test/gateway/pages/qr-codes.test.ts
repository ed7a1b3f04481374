import jsQR from "jsqr";
import { expect, test } from "vitest";
import { sharedWorld } from "../../world.ts";
import { readPage } from "./read-page.ts";

const world = sharedWorld({}, { PUBLIC_URL: "https://motcua.example" });
const PIXELS_PER_MODULE = 4;

/** Text in the QR code of a picture, as a camera reads it; the picture draws its dark modules as horizontal strokes. */
function decoded(svg: string): string | undefined {
  const size = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]) * PIXELS_PER_MODULE;
  const pixels = new Uint8ClampedArray(size * size * 4).fill(255);
  const [, strokes = ""] = /<path stroke="#000000" d="([^"]+)"/.exec(svg) ?? [];
  let [x, y] = [0, 0];
  for (const [, command, first, second] of strokes.matchAll(/([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?/g)) {
    const [a, b] = [Number(first), Number(second)];
    if (command === "M") [x, y] = [a, b];
    else if (command === "m") [x, y] = [x + a, y + b];
    else {
      darken(pixels, size, { x, y: Math.floor(y), length: a });
      x += a;
    }
  }
  return jsQR(pixels, size, size)?.data;
}

function darken(pixels: Uint8ClampedArray, size: number, at: { x: number; y: number; length: number }): void {
  for (let row = at.y * PIXELS_PER_MODULE; row < (at.y + 1) * PIXELS_PER_MODULE; row++) {
    const start = (row * size + at.x * PIXELS_PER_MODULE) * 4;
    for (let pixel = 0; pixel < at.length * PIXELS_PER_MODULE; pixel++)
      pixels.fill(0, start + pixel * 4, start + pixel * 4 + 3);
  }
}

test.each(["/track/H13.155-261123-0001", "/procedures/1.001193"])(
  "a reader of the QR code of %s finds the public address of its page",
  async (path) => {
    const { text } = await readPage(`${world.current.url}${path}/qr.svg`);
    expect(decoded(text)).toBe(`https://motcua.example${path}`);
  },
);

test("a QR code is a picture that caches keep, and exists for codes alone", async () => {
  const { status, headers, text } = await readPage(`${world.current.url}/procedures/1.001193/qr.svg`);
  expect([status, headers.get("content-type")]).toEqual([200, "image/svg+xml"]);
  expect(headers.get("cache-control")).toBe("public, max-age=86400");
  expect(text).not.toMatch(/<script|style=/);
  const wrong = await readPage(`${world.current.url}/procedures/${encodeURIComponent("<a>")}/qr.svg`);
  expect(wrong.status).toBe(404);
});
