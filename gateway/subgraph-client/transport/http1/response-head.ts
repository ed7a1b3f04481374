import { READS_HEADER } from "../../../../subgraphs/_shared/identity/call-headers.ts";

/** What the head of a response says. */
export type Head = {
  status: number;
  /** How its body ends: after so many octets, with its last chunk, or with the connection (RFC 9112, section 6.3). */
  body: number | "chunked" | "until closed";
  /** For how many milliseconds the connection may be idle afterwards; 0 where it may not be used again. */
  keptMs: number;
  /** The subgraph says that it has recorded no reading of anybody's data for this answer. */
  recordsNothing: boolean;
};

/** What came is no response of HTTP/1.1, or none that can be told for certain from the next one. */
export class NotHttp extends Error {}

/** A token, a character of a field's value (RFC 9110, sections 5.6.2 and 5.5), and a field line (RFC 9112, section 5), never folded. */
export const TOKEN = "[!#$%&'*+.^_`|~\\w-]+";
const CHARACTER = String.raw`[\t\x20-\x7e\x80-\xff]`;
const LINE = `${TOKEN}:${CHARACTER}*\\r\\n`;
const HEAD = new RegExp(String.raw`^HTTP/1\.([01]) ([1-9]\d\d)(?: ${CHARACTER}*)?\r\n(?:${LINE})*$`);
const FIELD_LINE = new RegExp(`^${LINE}$`);
const NO_CHARACTER = /[^\t\x20-\x7e\x80-\xff]/;
const LENGTH = /^\d{1,15}$/;
const CLOSE = /(?:^|,)[\t ]*close[\t ]*(?:,|$)/i;
const TIMEOUT = /(?:^|[\t ,;])timeout=(\d{1,6})/i;

/** Of the names that matter: the others need not be read. */
const LENGTHS = new Set(
  ["content-length", "transfer-encoding", "connection", "keep-alive", READS_HEADER].map((name) => name.length),
);

/** How long a connection is kept of which the subgraph does not say how long it keeps it. */
const KEPT_MS = 4_000;
const KEPT_MS_AT_MOST = 600_000;
/** What is sent may be under way for a while when the subgraph closes. */
const MARGIN_MS = 2_000;

/** Reads a head. @param text up to the empty line, with the end of the line before it. @throws NotHttp */
export function headOf(text: string): Head {
  const [, minor, code] = HEAD.exec(text) ?? [];
  if (code === undefined) throw new NotHttp("No head of a response of HTTP/1.1");
  const status = Number(code);
  let length: string | undefined;
  let coding: string | undefined;
  let isKept = minor === "1";
  let keptMs = KEPT_MS;
  let reads: string | undefined;
  for (let at = text.indexOf("\r\n") + 2; at < text.length; ) {
    const [colon, end] = [text.indexOf(":", at), text.indexOf("\r\n", at)];
    switch (LENGTHS.has(colon - at) ? text.slice(at, colon).toLowerCase() : "") {
      case "content-length":
        if (length !== undefined) throw new NotHttp("Two lengths of one body");
        length = valueAt(text, colon, end);
        break;
      case "transfer-encoding":
        coding = coding === undefined ? valueAt(text, colon, end).toLowerCase() : `${coding},`;
        break;
      case "connection":
        if (CLOSE.test(valueAt(text, colon, end))) isKept = false;
        break;
      case "keep-alive": {
        const seconds = TIMEOUT.exec(valueAt(text, colon, end))?.[1];
        if (seconds !== undefined) keptMs = Math.min(Number(seconds) * 1_000 - MARGIN_MS, KEPT_MS_AT_MOST);
        break;
      }
      case READS_HEADER:
        reads = reads === undefined ? valueAt(text, colon, end) : "more than one"; // of two that differ, the careful one
        break;
    }
    at = end + 2;
  }
  const body = bodyOf(status, length, coding);
  return {
    status,
    body,
    keptMs: isKept && body !== "until closed" ? Math.max(0, keptMs) : 0,
    recordsNothing: reads === "none",
  };
}

function valueAt(text: string, colon: number, end: number): string {
  let [from, to] = [colon + 1, end];
  while (isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

/** A blank or a tab, which are all the white space that HTTP has (RFC 9110, section 5.6.3). */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** Refuses what two readers may understand in two ways (RFC 9112, sections 6.1 to 6.3). @throws NotHttp */
function bodyOf(status: number, length: string | undefined, coding: string | undefined): Head["body"] {
  if (length !== undefined && (coding !== undefined || !LENGTH.test(length))) throw new NotHttp("No length of a body");
  if (coding !== undefined && coding !== "chunked") throw new NotHttp("A coding that is not known");
  if (status < 200 || status === 204 || status === 304) return 0;
  if (coding !== undefined) return "chunked";
  return length === undefined ? "until closed" : Number(length);
}

export function isFieldLine(line: string): boolean {
  return FIELD_LINE.test(line);
}

/** Whether a text may be the value of a field: no end of a line is in it, and nothing that would become one. */
export function isFieldValue(text: string): boolean {
  return !NO_CHARACTER.test(text); // the search for one is twice as fast as the test of all
}
