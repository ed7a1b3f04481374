import { receivedUtf8, type Utf8 } from "../../../utf8.ts";
import { LONGEST_ANSWER_BYTES } from "../transport-limits.ts";
import { type Head, headOf, isFieldLine, NotHttp, TOKEN } from "./response-head.ts";

/** A response that has come as a whole. */
export type Response = {
  status: number;
  text: Utf8;
  recordsNothing: boolean;
  /** For how many milliseconds the connection may be idle now; 0 where it may not be used again. */
  keptMs: number;
};

const END_OF_HEAD = Buffer.from("\r\n\r\n");
const LONGEST_HEAD = 16_384;
const SWITCHING_PROTOCOLS = 101;
const MOST_INTERIM = 10;

/**
 * Reads one response of HTTP/1.1 from what comes off a connection, in pieces of any size, to a request that was no HEAD. Where
 * something follows it the connection is of no further use: it was asked one thing, and nobody knows what that is.
 */
export class ResponseReader {
  private head: Head | undefined;
  private interim = 0;
  /** Octets of a head that has not ended yet. */
  private begun: Buffer | undefined;
  private pieces: Buffer[] | undefined;
  private size = 0;
  private chunks: ChunkReader | undefined;

  /** Takes what came, of which it keeps nothing but copies. Undefined until the response is whole. @throws NotHttp */
  read(bytes: Buffer): Response | undefined {
    return this.head ? this.readBody(this.head, bytes) : this.readHead(bytes);
  }

  /** The other side has ended the connection. Undefined if the response is not whole. */
  end(): Response | undefined {
    return this.head?.body === "until closed" ? this.whole(this.head, 0) : undefined;
  }

  private readHead(bytes: Buffer): Response | undefined {
    const all = this.begun ? Buffer.concat([this.begun, bytes]) : bytes;
    const end = all.indexOf(END_OF_HEAD);
    if ((end < 0 ? all.length : end) > LONGEST_HEAD) throw new NotHttp("A head that does not end");
    if (end < 0) {
      this.begun = Buffer.from(all);
      return undefined;
    }
    this.begun = undefined;
    const head = headOf(all.toString("latin1", 0, end + 2));
    const rest = all.subarray(end + END_OF_HEAD.length);
    if (head.status >= 200) {
      this.head = head;
      return this.readBody(head, rest);
    }
    if (head.status === SWITCHING_PROTOCOLS) throw new NotHttp("Another protocol than was spoken");
    if (++this.interim > MOST_INTERIM) throw new NotHttp("Interim responses that do not end");
    return rest.length > 0 ? this.readHead(rest) : undefined;
  }

  private readBody(head: Head, bytes: Buffer): Response | undefined {
    const { body } = head;
    if (body === "until closed") {
      this.keep(bytes);
      return undefined;
    }
    if (body === "chunked") {
      this.chunks ??= new ChunkReader((piece) => this.keep(piece));
      const end = this.chunks.read(bytes);
      return end === undefined ? undefined : this.whole(head, bytes.length - end);
    }
    if (body > LONGEST_ANSWER_BYTES) throw new NotHttp("A body that is too long");
    if (this.size === 0 && bytes.length === body) return responseOf(head, receivedUtf8(bytes), 0);
    const missing = body - this.size;
    this.keep(bytes.subarray(0, missing));
    return bytes.length < missing ? undefined : this.whole(head, bytes.length - missing);
  }

  private keep(piece: Buffer): void {
    this.size += piece.length;
    if (this.size > LONGEST_ANSWER_BYTES) throw new NotHttp("A body that is too long");
    this.pieces ??= [];
    this.pieces.push(Buffer.from(piece));
  }

  private whole(head: Head, beyond: number): Response {
    return responseOf(head, receivedUtf8(Buffer.concat(this.pieces ?? [])), beyond);
  }
}

/** @param beyond how many octets came after its end. */
function responseOf({ status, recordsNothing, keptMs }: Head, text: Utf8, beyond: number): Response {
  return { status, text, recordsNothing, keptMs: beyond === 0 ? keptMs : 0 };
}

const LINE_FEED = 0x0a;
const LONGEST_LINE = 8_192;
const MOST_TRAILERS = 100;
/** A chunk's size and its extensions (RFC 9112, section 7.1.1). */
const SIZE = new RegExp(`^([0-9a-f]{1,8})(?:;${TOKEN}(?:=(?:${TOKEN}|"[\\t !#-\\x5b\\x5d-\\x7e]*"))?)*\\r\\n$`, "i");

/** What may not come when the body has ended (RFC 9110, section 6.5.1). */
const FRAMING = /^(?:content-length|transfer-encoding):/i;

/** Reads a chunked body (RFC 9112, section 7.1); extensions and trailers are checked and left out. */
class ChunkReader {
  private readonly keep: (piece: Buffer) => void;
  private expected: "size" | "data" | "end of data" | "trailer" = "size";
  private missing = 0;
  private line = "";
  private trailers = 0;

  constructor(keep: (piece: Buffer) => void) {
    this.keep = keep;
  }

  /** Where its end is in these octets; undefined where it is not among them. @throws NotHttp */
  read(bytes: Buffer): number | undefined {
    for (let at = 0; at < bytes.length; ) {
      if (this.expected === "data") {
        const piece = bytes.subarray(at, at + this.missing);
        this.keep(piece);
        at += piece.length;
        this.missing -= piece.length;
        if (this.missing === 0) this.expected = "end of data";
        continue;
      }
      const feed = bytes.indexOf(LINE_FEED, at);
      const end = feed < 0 ? bytes.length : feed + 1;
      this.line += bytes.toString("latin1", at, end);
      at = end;
      if (this.line.length > LONGEST_LINE) throw new NotHttp("A line that does not end");
      if (feed < 0) return undefined;
      const { line } = this;
      this.line = "";
      if (this.take(line)) return at;
    }
    return undefined;
  }

  /** Takes a line; whether it was the last. */
  private take(line: string): boolean {
    if (this.expected === "size") {
      const [, size] = SIZE.exec(line) ?? [];
      if (size === undefined) throw new NotHttp("No size of a chunk");
      this.missing = Number.parseInt(size, 16);
      this.expected = this.missing === 0 ? "trailer" : "data";
      return false;
    }
    if (line === "\r\n") {
      if (this.expected === "trailer") return true;
      this.expected = "size";
      return false;
    }
    if (this.expected === "end of data" || !isFieldLine(line)) throw new NotHttp("A chunk that does not end");
    if (FRAMING.test(line)) throw new NotHttp("A trailer that says where the body ends");
    if (++this.trailers > MOST_TRAILERS) throw new NotHttp("Trailers that do not end");
    return false;
  }
}
