/** An event as server-sent events have it. */
export type ServerSentEvent = { id: string | undefined; event: string; data: string };

const LONGEST_EVENT = 16_000_000;

/** Reads server-sent events off a body. @throws Error where one does not end. */
export async function* serverSentEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  let rest = "";
  let lines: string[] = [];
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    if (rest.length > LONGEST_EVENT) throw new Error("An event is too long");
    for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
      const line = rest.slice(0, end).replace(/\r$/, "");
      rest = rest.slice(end + 1);
      if (line !== "") lines.push(line);
      else {
        const event = eventOf(lines);
        if (event) yield event;
        lines = [];
      }
    }
  }
}

/** Undefined for a comment, which only keeps the connection alive. */
function eventOf(lines: readonly string[]): ServerSentEvent | undefined {
  let id: string | undefined;
  let event: string | undefined;
  const data: string[] = [];
  for (const line of lines) {
    const [, field, value = ""] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === "id") id = value;
    if (field === "event") event = value;
    if (field === "data") data.push(value);
  }
  return event === undefined && data.length === 0
    ? undefined
    : { id, event: event ?? "message", data: data.join("\n") };
}
