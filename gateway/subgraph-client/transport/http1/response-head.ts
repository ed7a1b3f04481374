import { FIELD_LINE, fieldValue, VALUE_CHARACTER } from "./field-syntax.ts";
import { MalformedResponse } from "./malformed-response.ts";

/** Status line and fields of a response, as far as the connection needs them. */
export type ResponseHead = {
  readonly status: number;
  /** End of the body: after a number of bytes, with the last chunk, or with the connection (RFC 9112, section 6.3). */
  readonly body: number | "chunked" | "until closed";
  /** Milliseconds for which the connection may be idle after the response; 0 if it must not be used again. */
  readonly reusableMs: number;
  /** Text of the head, for `headerOf`. */
  readonly text: string;
};

const HEAD = new RegExp(String.raw`^HTTP/1\.([01]) ([1-9]\d\d)(?: ${VALUE_CHARACTER}*)?\r\n(?:${FIELD_LINE})*$`);
const LENGTH = /^\d{1,15}$/;
const CLOSE = /(?:^|,)[\t ]*close[\t ]*(?:,|$)/i;
const TIMEOUT = /(?:^|[\t ,;])timeout=(\d{1,6})/i;

/** Lengths of the names that matter: a name of another length need not be read. */
const NAME_LENGTHS = new Set(["content-length", "transfer-encoding", "connection", "keep-alive"].map((n) => n.length));

/** Default keep-alive timeout when the subgraph states none. */
const DEFAULT_REUSABLE_MS = 4_000;
const LONGEST_REUSABLE_MS = 600_000;
/** Safety margin before the stated timeout: a request may be in transit when the subgraph closes. */
const MARGIN_MS = 2_000;

const MOST_KEPT_HEADS = 256;
const LONGEST_KEPT_HEAD = 1_024;
const keptHeads = new Map<string, ResponseHead>();

/**
 * Parses a head, or returns what the same text gave before: the heads of one second often differ in the length alone.
 * @param text up to the empty line, with the last line's end. @throws MalformedResponse
 */
export function parseHead(text: string): ResponseHead {
  const kept = keptHeads.get(text);
  if (kept) return kept;
  const head = parseLines(text);
  if (text.length <= LONGEST_KEPT_HEAD) {
    if (keptHeads.size >= MOST_KEPT_HEADS) keptHeads.clear();
    keptHeads.set(text, head);
  }
  return head;
}

function parseLines(text: string): ResponseHead {
  const [, minor, code] = HEAD.exec(text) ?? [];
  if (code === undefined) throw new MalformedResponse("The head of the response is not HTTP/1.1");
  const status = Number(code);
  let length: string | undefined;
  let coding: string | undefined;
  let isKeptAlive = minor === "1";
  let reusableMs = DEFAULT_REUSABLE_MS;
  for (let at = text.indexOf("\r\n") + 2; at < text.length; ) {
    const [colon, end] = [text.indexOf(":", at), text.indexOf("\r\n", at)];
    switch (NAME_LENGTHS.has(colon - at) ? text.slice(at, colon).toLowerCase() : "") {
      case "content-length":
        if (length !== undefined) throw new MalformedResponse("The response has two Content-Length fields");
        length = fieldValue(text, colon, end);
        break;
      case "transfer-encoding":
        coding = coding === undefined ? fieldValue(text, colon, end).toLowerCase() : `${coding},`;
        break;
      case "connection":
        if (CLOSE.test(fieldValue(text, colon, end))) isKeptAlive = false;
        break;
      case "keep-alive": {
        const seconds = TIMEOUT.exec(fieldValue(text, colon, end))?.[1];
        if (seconds !== undefined) reusableMs = Math.min(Number(seconds) * 1_000 - MARGIN_MS, LONGEST_REUSABLE_MS);
        break;
      }
    }
    at = end + 2;
  }
  const body = bodyEnd(status, length, coding);
  const isReusable = isKeptAlive && body !== "until closed";
  return { status, body, reusableMs: isReusable ? Math.max(0, reusableMs) : 0, text };
}

/** Refuses framings that two parsers may read differently (RFC 9112, sections 6.1 to 6.3). @throws MalformedResponse */
function bodyEnd(status: number, length: string | undefined, coding: string | undefined): ResponseHead["body"] {
  if (length !== undefined && (coding !== undefined || !LENGTH.test(length))) {
    throw new MalformedResponse("The Content-Length of the response is not usable");
  }
  if (coding !== undefined && coding !== "chunked") {
    throw new MalformedResponse("The Transfer-Encoding of the response is not chunked");
  }
  if (status < 200 || status === 204 || status === 304) return 0;
  if (coding !== undefined) return "chunked";
  return length === undefined ? "until closed" : Number(length);
}

/** Value of a field in a parsed head; several of one name are joined by ", " (RFC 9110, section 5.3). */
export function headerOf({ text }: ResponseHead, name: string): string | undefined {
  let found: string | undefined;
  for (let at = text.indexOf("\r\n") + 2; at < text.length; ) {
    const [colon, end] = [text.indexOf(":", at), text.indexOf("\r\n", at)];
    if (colon - at === name.length && text.slice(at, colon).toLowerCase() === name) {
      const value = fieldValue(text, colon, end);
      found = found === undefined ? value : `${found}, ${value}`;
    }
    at = end + 2;
  }
  return found;
}

/** Values of the fields of one name in a parsed head. */
export function headersOf({ text }: ResponseHead, name: string): string[] {
  const found: string[] = [];
  for (let at = text.indexOf("\r\n") + 2; at < text.length; ) {
    const [colon, end] = [text.indexOf(":", at), text.indexOf("\r\n", at)];
    if (colon - at === name.length && text.slice(at, colon).toLowerCase() === name) {
      found.push(fieldValue(text, colon, end));
    }
    at = end + 2;
  }
  return found;
}
