import { FIELD_LINE, fieldValue } from "../../subgraph-client/transport/http1/field-syntax.ts";

/** Head and body of a POST to /graphql. Names of headers are in lower case, and none comes twice. */
export type OperationRequest = { readonly headers: Readonly<Record<string, string>>; readonly body: Buffer };

/** Head of a request, with its bytes up to the body. */
export type OperationHead = {
  readonly bytes: Buffer;
  readonly headers: OperationRequest["headers"];
  readonly bodyBytes: number;
};

/** A request that was read, its head, and the end of its bytes. */
type Read = { request: OperationRequest; head: OperationHead; end: number };

const REQUEST_LINE = "POST /graphql HTTP/1.1\r\n";
const HEAD_END = "\r\n\r\n";
const MOST_HEAD_BYTES = 8_000;
/** A larger body is not collected here. */
export const MOST_BODY_BYTES = 65_536;

/** Lines of a head without characters beyond ASCII, which readers decode differently. */
const FIELDS = new RegExp(`^(?:${FIELD_LINE})+$`);
const BEYOND_ASCII = /[^\t\r\n\x20-\x7e]/;
const LENGTH = /^\d{1,5}$/;
const STREAM = /event-stream|multipart/i;

/** Headers that change the framing of the body, the protocol, or what a page of another site may do. */
const UNUSUAL = new Set([
  ...["transfer-encoding", "content-encoding", "trailer", "te", "expect", "upgrade", "http2-settings"],
  ...["proxy-connection", "origin", "sec-fetch-site"],
]);

/**
 * Reads the request that the bytes begin with, if it is a plain operation: a POST of a body of stated length, whose response is one
 * message. It is "incomplete" while a part of its body is missing. Undefined for anything else and anything doubtful, which Node's
 * HTTP server must read; what is read here, it would read in the same way (a test compares them).
 * @param last head of the connection's last request. Clients repeat their heads, and the same bytes are not parsed again.
 */
export function readOperation(bytes: Buffer, last?: OperationHead): Read | "incomplete" | undefined {
  const head = last && startsWith(bytes, last.bytes) ? last : readHead(bytes);
  if (!head) return undefined;
  const start = head.bytes.length;
  const end = start + head.bodyBytes;
  if (end > bytes.length) return "incomplete";
  return { request: { headers: head.headers, body: bytes.subarray(start, end) }, head, end };
}

function startsWith(bytes: Buffer, start: Buffer): boolean {
  const { length } = start;
  return bytes.length >= length && bytes.compare(start, 0, length, 0, length) === 0;
}

function readHead(bytes: Buffer): OperationHead | undefined {
  const text = bytes.toString("latin1", 0, MOST_HEAD_BYTES);
  if (!text.startsWith(REQUEST_LINE)) return undefined;
  const end = text.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const headers = plainHeaders(text.slice(REQUEST_LINE.length, end + 2));
  const { host, "content-length": length } = headers ?? {};
  if (!headers || host === undefined || length === undefined || !LENGTH.test(length)) return undefined;
  const bodyBytes = Number(length);
  if (bodyBytes > MOST_BODY_BYTES) return undefined;
  return { bytes: Buffer.from(bytes.subarray(0, end + HEAD_END.length)), headers, bodyBytes };
}

/** Headers of a head's lines, if none of them is unusual, malformed or repeated. */
function plainHeaders(lines: string): Record<string, string> | undefined {
  if (!FIELDS.test(lines) || BEYOND_ASCII.test(lines)) return undefined;
  const headers: Record<string, string> = {};
  for (let at = 0; at < lines.length; ) {
    const [colon, end] = [lines.indexOf(":", at), lines.indexOf("\r\n", at)];
    const name = lines.slice(at, colon).toLowerCase();
    // a name that every object has, such as `constructor`, counts as repeated
    if (headers[name] !== undefined || UNUSUAL.has(name)) return undefined;
    headers[name] = fieldValue(lines, colon, end);
    at = end + 2;
  }
  const { connection, accept } = headers;
  if (connection !== undefined && connection.toLowerCase() !== "keep-alive") return undefined;
  return accept !== undefined && STREAM.test(accept) ? undefined : headers;
}
