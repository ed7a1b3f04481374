import { isEventId } from "./event-ids.ts";

/** A server-sent event. */
export type ServerSentEvent = { id: string | undefined; event: string; data: string };

const LONGEST_EVENT = 16_000_000;

/**
 * Parses server-sent events (HTML Living Standard, section 9.2.6). Lines end with LF, CRLF or CR; a CRLF may be split between
 * chunks. The decoder removes a byte order mark. Each chunk is searched once, because events may be long and chunks short.
 * @throws Error if an event is too long.
 */
export async function* serverSentEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  let rest = "";
  let lines: string[] = [];
  let length = 0;
  let endsWithCarriageReturn = false;
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true });
    if (text === "") continue;
    const added = endsWithCarriageReturn && text.startsWith("\n") ? text.slice(1) : text;
    endsWithCarriageReturn = text.endsWith("\r");
    length += text.length;
    if (length > LONGEST_EVENT) throw new Error("An event is too long");
    const [end = "", ...starts] = added.split(/\r\n|\n|\r/);
    rest += end;
    for (const start of starts) {
      const line = rest;
      rest = start;
      if (line !== "") {
        lines.push(line);
        continue;
      }
      const event = eventOf(lines);
      lines = [];
      length = 0; // of what follows, at most a chunk is not counted
      if (event) yield event;
    }
  }
}

/** Undefined for comments, which only keep the connection alive. */
function eventOf(lines: readonly string[]): ServerSentEvent | undefined {
  let id: string | undefined;
  let event: string | undefined;
  const data: string[] = [];
  for (const line of lines) {
    const [, field, value = ""] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === "id" && isEventId(value)) id = value; // one with a NUL is ignored by the standard, too
    if (field === "event") event = value;
    if (field === "data") data.push(value);
  }
  return event === undefined && data.length === 0
    ? undefined
    : { id, event: event ?? "message", data: data.join("\n") };
}
