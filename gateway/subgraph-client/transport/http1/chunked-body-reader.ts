import { isFieldLine, TOKEN } from "./field-syntax.ts";
import { MalformedResponse } from "./malformed-response.ts";

const LINE_FEED = 0x0a;
const LONGEST_LINE = 8_192;
const MOST_TRAILERS = 100;
/** A chunk's size and its extensions (RFC 9112, section 7.1.1). */
const SIZE = new RegExp(`^([0-9a-f]{1,8})(?:;${TOKEN}(?:=(?:${TOKEN}|"[\\t !#-\\x5b\\x5d-\\x7e]*"))?)*\\r\\n$`, "i");

/** Fields that are illegal as trailers (RFC 9110, section 6.5.1). */
const FRAMING = /^(?:content-length|transfer-encoding):/i;

/** Reads a chunked body (RFC 9112, section 7.1). Extensions and trailers are checked and dropped. */
export class ChunkedBodyReader {
  private readonly onData: (piece: Buffer) => void;
  private expected: "size" | "data" | "end of data" | "trailer" = "size";
  private missing = 0;
  private line = "";
  private trailers = 0;

  constructor(onData: (piece: Buffer) => void) {
    this.onData = onData;
  }

  /** Index of the body's end in these bytes; undefined if the body continues. @throws MalformedResponse */
  read(bytes: Buffer): number | undefined {
    for (let at = 0; at < bytes.length; ) {
      if (this.expected === "data") {
        const piece = bytes.subarray(at, at + this.missing);
        this.onData(piece);
        at += piece.length;
        this.missing -= piece.length;
        if (this.missing === 0) this.expected = "end of data";
        continue;
      }
      const feed = bytes.indexOf(LINE_FEED, at);
      const end = feed < 0 ? bytes.length : feed + 1;
      this.line += bytes.toString("latin1", at, end);
      at = end;
      if (this.line.length > LONGEST_LINE) throw new MalformedResponse("A line of the chunked body is too long");
      if (feed < 0) return undefined;
      const { line } = this;
      this.line = "";
      if (this.takeLine(line)) return at;
    }
    return undefined;
  }

  /** Returns true if the line ends the body. */
  private takeLine(line: string): boolean {
    if (this.expected === "size") {
      const [, size] = SIZE.exec(line) ?? [];
      if (size === undefined) throw new MalformedResponse("A chunk of the body has no size");
      this.missing = Number.parseInt(size, 16);
      this.expected = this.missing === 0 ? "trailer" : "data";
      return false;
    }
    if (line === "\r\n") {
      if (this.expected === "trailer") return true;
      this.expected = "size";
      return false;
    }
    if (this.expected === "end of data" || !isFieldLine(line)) {
      throw new MalformedResponse("A chunk of the body does not end at its size");
    }
    if (FRAMING.test(line)) throw new MalformedResponse("A trailer states the length of the body");
    if (++this.trailers > MOST_TRAILERS) throw new MalformedResponse("The body has too many trailers");
    return false;
  }
}
