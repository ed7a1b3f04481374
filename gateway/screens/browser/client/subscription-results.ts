/** Sends the request with additional headers. */
type Send = (headers: Record<string, string>, signal: AbortSignal) => Promise<Response>;

type Options = {
  retryMs?: number;
  /** True for a result that is no result: the token has expired, and the stream goes on with another. */
  isRefusal?: (result: unknown) => boolean;
};

const RETRY_MS = 1_000;
const EVENT_STREAM = "text/event-stream";

/**
 * Results of a subscription (graphql-sse, "distinct connections"). A broken connection is opened again and continues after the
 * last event. A response that is no stream is the only result.
 */
export function subscriptionResults(send: Send, options: Options = {}): AsyncIterableIterator<unknown> {
  const stop = new AbortController();
  const results = resultsOf(send, stop.signal, options);
  return {
    next: () => results.next(),
    async return() {
      stop.abort(); // a generator that waits for an event returns only after the event
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* resultsOf(
  send: Send,
  stopped: AbortSignal,
  { retryMs = RETRY_MS, isRefusal = () => false }: Options,
): AsyncGenerator<unknown, void> {
  let last: string | undefined;
  while (!stopped.aborted) {
    try {
      const response = await send({ accept: EVENT_STREAM, ...(last && { "last-event-id": last }) }, stopped);
      if (response.headers.get("content-type")?.startsWith(EVENT_STREAM)) {
        for await (const { id, event, data } of eventsOf(response)) {
          last = id ?? last;
          if (event === "complete") return;
          const result = event === "next" ? JSON.parse(data) : undefined;
          if (result && isRefusal(result)) break;
          if (result) yield result;
        }
      } else {
        const result: unknown = await response.json();
        if (!isRefusal(result)) return void (yield result);
      }
    } catch (fault) {
      if (!stopped.aborted && last === undefined) throw fault; // the stream never started
    }
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
}

type ServerEvent = { id?: string; event: string; data: string };

/** Reads server-sent events (HTML Standard, "Interpreting an event stream"). */
async function* eventsOf(response: Response): AsyncGenerator<ServerEvent, void> {
  let rest = "";
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  for (;;) {
    const chunk = await reader?.read();
    if (!chunk || chunk.done) return;
    rest += decoder.decode(chunk.value, { stream: true });
    const blocks = rest.split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? "";
    for (const block of blocks) yield eventOf(block);
  }
}

function eventOf(block: string): ServerEvent {
  const event: ServerEvent = { event: "message", data: "" };
  for (const line of block.split(/\r?\n/)) {
    const [, field, value = ""] = /^(\w+)(?:: ?(.*))?$/.exec(line) ?? []; // comments begin with a colon
    if (field === "id") event.id = value;
    if (field === "event") event.event = value;
    if (field === "data") event.data += (event.data && "\n") + value;
  }
  return event;
}
