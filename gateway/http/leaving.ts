import type { ServerResponse } from "node:http";
import type { Leaving } from "../subgraphs/call.ts";

/** Tells those who work for a client that it has gone away before its answer was written. */
export function clientLeaving(response: ServerResponse): Leaving {
  const listeners = new Set<() => void>();
  let aborted = false;
  response.once("close", () => {
    if (response.writableFinished) return;
    aborted = true;
    for (const listener of listeners) listener();
  });
  return {
    get aborted() {
      return aborted;
    },
    addEventListener: (_, listener) => void listeners.add(listener),
    removeEventListener: (_, listener) => void listeners.delete(listener),
  };
}
