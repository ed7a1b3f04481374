import type { ServerResponse } from "node:http";
import type { DisconnectListener, DisconnectSignal } from "../subgraph-client/request-scope.ts";

/** Disconnect signal of a client: aborted when its connection closes before the response is written. */
export function clientDisconnect(response: ServerResponse): DisconnectSignal {
  const listeners = new Set<DisconnectListener>();
  // A getter would give each object a separate hidden class in V8, which keeps its closure alive.
  const signal = {
    aborted: false,
    addEventListener: (_: "abort", listener: DisconnectListener) => void listeners.add(listener),
    removeEventListener: (_: "abort", listener: DisconnectListener) => void listeners.delete(listener),
  };
  response.on("close", () => {
    if (response.writableFinished) return;
    signal.aborted = true;
    for (const listener of listeners) listener.handleEvent();
  });
  return signal;
}
