import type { ServerResponse } from "node:http";
import type { DisconnectListener, DisconnectSignal } from "../subgraph-client/request-scope.ts";

/** Tells those who work for a client that it has gone away before its answer was written. */
export function clientDisconnect(response: ServerResponse): DisconnectSignal {
  const listeners = new Set<DisconnectListener>();
  // No getter: V8 makes a hidden class for each object that has one, which keeps all that its closure sees alive.
  const leaving = {
    aborted: false,
    addEventListener: (_: "abort", listener: DisconnectListener) => void listeners.add(listener),
    removeEventListener: (_: "abort", listener: DisconnectListener) => void listeners.delete(listener),
  };
  response.once("close", () => {
    if (response.writableFinished) return;
    leaving.aborted = true;
    for (const listener of listeners) listener.handleEvent();
  });
  return leaving;
}
