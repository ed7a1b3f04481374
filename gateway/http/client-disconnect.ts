import type { ServerResponse } from "node:http";
import type { DisconnectListener, DisconnectSignal } from "../subgraph-client/request-scope.ts";

/** Disconnect signal of a client: aborted when its connection closes before the response is written. */
export function clientDisconnect(response: ServerResponse): DisconnectSignal {
  const listeners = new Set<DisconnectListener>();
  // A getter would give each object a hidden class of its own in V8, which keeps its closure alive.
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
