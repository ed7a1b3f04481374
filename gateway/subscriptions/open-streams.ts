import { setMaxListeners } from "node:events";
import { Refusal } from "../errors.ts";

/** A stream that somebody has open. */
export type OpenStream = {
  /** Aborted when the gateway stops. */
  stopping: AbortSignal;
  close(): void;
};

/** The streams that are open at this gateway. */
export type OpenStreams = {
  /** @param reader who reads it. @throws Refusal 429 when there are too many of that reader, or of all. */
  open(reader: string): OpenStream;
  size(): number;
  /** Ends all. */
  stop(): void;
};

export type StreamLimits = { perReader: number; all: number };

const RETRY_AFTER_S = 30;

export function openStreams(limits: StreamLimits): OpenStreams {
  const readers = new Map<string, number>();
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal); // one for each stream
  let all = 0;

  function count(reader: string, change: 1 | -1): void {
    const open = (readers.get(reader) ?? 0) + change;
    if (open > 0) readers.set(reader, open);
    else readers.delete(reader);
    all += change;
  }

  return {
    open(reader) {
      const own = readers.get(reader) ?? 0;
      if (own >= limits.perReader) throw tooMany(`${own} streams are open for this caller, which is the most`);
      if (all >= limits.all) throw tooMany("This gateway has no room for another stream now");
      count(reader, 1);
      let isOpen = true;
      return {
        stopping: stopping.signal,
        close() {
          if (isOpen) count(reader, -1);
          isOpen = false;
        },
      };
    },
    size: () => all,
    stop: () => stopping.abort(),
  };
}

function tooMany(message: string): Refusal {
  return new Refusal(429, "RATE_LIMITED", message, { "retry-after": String(RETRY_AFTER_S) });
}
