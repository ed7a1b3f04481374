import * as fc from "fast-check";

/** A response as bytes, with its meaning where it is well-formed. */
export type Sent = { octets: Buffer; meant: { status: number; body: Buffer } | undefined; cuts: number[] };

const field = fc.constantFrom(
  "date: Mon, 23 Nov 2026 01:02:03 GMT",
  "Content-Type:application/json",
  "x-empty:",
  "X-Odd:  \t tab and blanks \t ",
  "x-latin: caf\u00e9 \u00ff",
  "Connection: keep-alive",
  "Keep-Alive: timeout=5",
  "x-reads-recorded: none",
  "vary: a, b",
);
const interim = fc.constantFrom("", "", "", "HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n", "HTTP/1.1 102\r\n\r\n");
const statusLine = fc.constantFrom(
  "200 OK",
  "200 ",
  "200",
  "201 T\u1ea1o".replace("\u1ea1", "\u00e2"),
  "400 Bad",
  "404 Not",
  "503 Busy",
);
const body = fc.oneof(
  fc.constantFrom('{"data":{"it":1}}', '{"a":"gi\u1ea5y khai sinh \u{1f37c}"}', "").map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
);
const named = fc.constantFrom(
  (name: string) => name,
  (name: string) => name.toLowerCase(),
  (name: string) => name.toUpperCase(),
);

type Framing = { fields: string; octets: Buffer };

function framed(body: Buffer, kind: string, name: (text: string) => string, sizes: number[]): Framing {
  if (kind === "length") return { fields: `${name("Content-Length")}: ${body.length}\r\n`, octets: body };
  if (kind === "until closed") return { fields: "", octets: body };
  const pieces: Buffer[] = [];
  for (let at = 0, n = 0; at < body.length; n++) {
    const piece = body.subarray(at, at + (sizes[n % sizes.length] ?? 1));
    const extension = n % 3 === 1 ? ";x=y" : "";
    pieces.push(Buffer.from(`${piece.length.toString(16)}${extension}\r\n`), piece, Buffer.from("\r\n"));
    at += piece.length;
  }
  const trailer = (sizes[0] ?? 0) % 2 ? "x-sum: 1\r\n" : "";
  const fields = `${name("Transfer-Encoding")}: ${name("chunked")}\r\n`;
  return { fields, octets: Buffer.concat([...pieces, Buffer.from(`0\r\n${trailer}\r\n`)]) };
}

/** Bytes to insert, remove or replace in a response. */
const harm = fc.record({
  at: fc.nat({ max: 400 }),
  take: fc.constantFrom(0, 1, 2, 30),
  put: fc.constantFrom(
    "",
    " ",
    "\n",
    "\r",
    "\r\n",
    ":",
    "\0",
    "\xa0",
    "x",
    "5",
    "content-length: 3\r\n",
    "transfer-encoding: x\r\n",
  ),
});

/** Responses of every framing, a third of them corrupted, with the positions at which they are split. */
export const sentResponses: fc.Arbitrary<Sent> = fc
  .record({
    before: interim,
    version: fc.constantFrom("1.1", "1.1", "1.1", "1.0"),
    line: statusLine,
    fields: fc.array(field, { maxLength: 5 }),
    body,
    kind: fc.constantFrom("length", "chunked", "until closed"),
    name: named,
    sizes: fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 4 }),
    harm: fc.option(harm, { freq: 2 }),
    cuts: fc.array(fc.nat({ max: 600 }), { maxLength: 4 }),
  })
  .map(({ before, version, line, fields, body, kind, name, sizes, harm, cuts }) => {
    const framing = framed(body, version === "1.0" && kind === "chunked" ? "length" : kind, name, sizes);
    const head = `${before}HTTP/${version} ${line}\r\n${fields.map((each) => `${each}\r\n`).join("")}${framing.fields}\r\n`;
    const octets = Buffer.concat([Buffer.from(head, "latin1"), framing.octets]);
    const sorted = cuts.map((cut) => cut % (octets.length + 1)).sort((a, b) => a - b);
    if (!harm) return { octets, meant: { status: Number(line.slice(0, 3)), body }, cuts: sorted };
    const at = harm.at % octets.length;
    const harmed = [octets.subarray(0, at), Buffer.from(harm.put, "latin1"), octets.subarray(at + harm.take)];
    return { octets: Buffer.concat(harmed), meant: undefined, cuts: sorted };
  });

/** The pieces between the cuts. */
export function piecesOf({ octets, cuts }: Sent): Buffer[] {
  return [0, ...cuts].map((cut, at) => octets.subarray(cut, cuts[at] ?? octets.length));
}
