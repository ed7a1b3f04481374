import { setMaxListeners } from "node:events";
import { Refusal } from "../errors.ts";

/** One open stream of a client. */
export type OpenStream = {
  /** Aborted when the gateway stops. */
  stopping: AbortSignal;
  close(): void;
};

/** Registry of the open streams of this gateway. */
export type OpenStreams = {
  /** @param subscriber whose limit counts. @throws Refusal 429 when that subscriber, or all together, have too many streams. */
  open(subscriber: string): OpenStream;
  size(): number;
  /** Ends all streams. */
  stop(): void;
};

export type StreamLimits = { perSubscriber: number; total: number };

const RETRY_AFTER_S = 30;

export function openStreams(limits: StreamLimits): OpenStreams {
  const bySubscriber = new Map<string, number>();
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal); // one for each stream
  let total = 0;

  function count(subscriber: string, change: 1 | -1): void {
    const open = (bySubscriber.get(subscriber) ?? 0) + change;
    if (open > 0) bySubscriber.set(subscriber, open);
    else bySubscriber.delete(subscriber);
    total += change;
  }

  return {
    open(subscriber) {
      const own = bySubscriber.get(subscriber) ?? 0;
      if (own >= limits.perSubscriber)
        throw tooManyStreams(`${own} streams are open for this caller, which is the most`);
      if (total >= limits.total) throw tooManyStreams("This gateway has no room for another stream now");
      count(subscriber, 1);
      let isOpen = true;
      return {
        stopping: stopping.signal,
        close() {
          if (isOpen) count(subscriber, -1);
          isOpen = false;
        },
      };
    },
    size: () => total,
    stop: () => stopping.abort(),
  };
}

function tooManyStreams(message: string): Refusal {
  return new Refusal(429, "RATE_LIMITED", message, { "retry-after": String(RETRY_AFTER_S) });
}
