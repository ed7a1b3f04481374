import { fromUtf8, toUtf8, type Utf8 } from "../../utf8.ts";

/** An id stands in a header and in a response, so its length is bounded. */
const LONGEST_ID = 1_000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: no header can carry them
const CONTROL = /[\u0000-\u001f\u007f]/;

/** True for the id of an event after which a client can continue. */
export function isEventId(id: string): boolean {
  return id.length <= LONGEST_ID && !CONTROL.test(id);
}

/** Value of `Last-Event-ID`, which is UTF-8 (HTML Living Standard, section 9.2.3). */
export function eventIdToHeader(id: string): string {
  return toUtf8(id);
}

/** Undefined for a header that is empty or cannot be an id. */
export function eventIdFromHeader(header: string | undefined): string | undefined {
  const id = header && fromUtf8(header as Utf8); // Node.js reads a character for each byte
  return id && isEventId(id) ? id : undefined;
}
