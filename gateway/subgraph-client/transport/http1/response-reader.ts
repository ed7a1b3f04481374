import { receivedUtf8, type Utf8 } from "../../../utf8.ts";
import type { HttpResponse } from "../transport.ts";
import { LONGEST_RESPONSE_BYTES } from "../transport-limits.ts";
import { ChunkedBodyReader } from "./chunked-body-reader.ts";
import { MalformedResponse } from "./malformed-response.ts";
import { headerOf, headersOf, parseHead, type ResponseHead } from "./response-head.ts";

/** A complete response. */
export class ReceivedResponse implements HttpResponse {
  readonly status: number;
  readonly text: Utf8;
  /** Milliseconds for which the connection may now be idle; 0 if it must not be used again. */
  readonly reusableMs: number;
  private readonly head: ResponseHead;

  /** @param excess number of bytes after the response: it makes the connection unusable. */
  constructor(head: ResponseHead, text: Utf8, excess: number) {
    this.status = head.status;
    this.text = text;
    this.reusableMs = excess === 0 ? head.reusableMs : 0;
    this.head = head;
  }

  header(name: string): string | undefined {
    return headerOf(this.head, name);
  }

  headers(name: string): string[] {
    return headersOf(this.head, name);
  }
}

const END_OF_HEAD = Buffer.from("\r\n\r\n");
const LONGEST_HEAD = 16_384;
const SWITCHING_PROTOCOLS = 101;
const MOST_INTERIM = 10;

/** Reads one HTTP/1.1 response to a request other than HEAD, from pieces of any size. */
export class ResponseReader {
  private head: ResponseHead | undefined;
  private interimResponses = 0;
  /** First bytes of an incomplete head. */
  private headBytes: Buffer | undefined;
  private pieces: Buffer[] | undefined;
  private size = 0;
  private chunks: ChunkedBodyReader | undefined;

  /** Reads bytes, of which it keeps copies only. Undefined until the response is complete. @throws MalformedResponse */
  read(bytes: Buffer): ReceivedResponse | undefined {
    return this.head ? this.readBody(this.head, bytes) : this.readHead(bytes);
  }

  /** End of the connection by the subgraph. Undefined if the response is incomplete. */
  end(): ReceivedResponse | undefined {
    return this.head?.body === "until closed" ? this.complete(this.head, 0) : undefined;
  }

  private readHead(bytes: Buffer): ReceivedResponse | undefined {
    const all = this.headBytes ? Buffer.concat([this.headBytes, bytes]) : bytes;
    const end = all.indexOf(END_OF_HEAD);
    if ((end < 0 ? all.length : end) > LONGEST_HEAD)
      throw new MalformedResponse("The head of the response is too long");
    if (end < 0) {
      this.headBytes = Buffer.from(all);
      return undefined;
    }
    this.headBytes = undefined;
    const head = parseHead(all.toString("latin1", 0, end + 2));
    const rest = all.subarray(end + END_OF_HEAD.length);
    if (head.status >= 200) {
      this.head = head;
      return this.readBody(head, rest);
    }
    if (head.status === SWITCHING_PROTOCOLS) throw new MalformedResponse("The response switches protocols unasked");
    if (++this.interimResponses > MOST_INTERIM) throw new MalformedResponse("There are too many interim responses");
    return rest.length > 0 ? this.readHead(rest) : undefined;
  }

  private readBody(head: ResponseHead, bytes: Buffer): ReceivedResponse | undefined {
    const { body } = head;
    if (body === "until closed") {
      this.keep(bytes);
      return undefined;
    }
    if (body === "chunked") {
      this.chunks ??= new ChunkedBodyReader((piece) => this.keep(piece));
      const end = this.chunks.read(bytes);
      return end === undefined ? undefined : this.complete(head, bytes.length - end);
    }
    if (body > LONGEST_RESPONSE_BYTES) throw new MalformedResponse("The body of the response is too long");
    if (this.size === 0 && bytes.length === body) return new ReceivedResponse(head, receivedUtf8(bytes), 0);
    const missing = body - this.size;
    this.keep(bytes.subarray(0, missing));
    return bytes.length < missing ? undefined : this.complete(head, bytes.length - missing);
  }

  private keep(piece: Buffer): void {
    this.size += piece.length;
    if (this.size > LONGEST_RESPONSE_BYTES) throw new MalformedResponse("The body of the response is too long");
    this.pieces ??= [];
    this.pieces.push(Buffer.from(piece));
  }

  private complete(head: ResponseHead, excess: number): ReceivedResponse {
    return new ReceivedResponse(head, receivedUtf8(Buffer.concat(this.pieces ?? [])), excess);
  }
}
