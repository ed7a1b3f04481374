import type { ServerResponse } from "node:http";
import type { DisconnectListener, DisconnectSignal } from "../subgraph-client/request-scope.ts";

/** Disconnect signal of a client, aborted by those who watch its connection. */
export type ClientDisconnect = DisconnectSignal & { abort(): void };

export function clientDisconnect(): ClientDisconnect {
  const listeners = new Set<DisconnectListener>();
  // A getter would give each object a separate hidden class in V8, which keeps its closure alive.
  const signal = {
    aborted: false,
    addEventListener: (_: "abort", listener: DisconnectListener) => void listeners.add(listener),
    removeEventListener: (_: "abort", listener: DisconnectListener) => void listeners.delete(listener),
    abort() {
      signal.aborted = true;
      for (const listener of listeners) listener.handleEvent();
    },
  };
  return signal;
}

/** Disconnect signal of a client: aborted when its connection closes before the response is written. */
export function disconnectBefore(response: ServerResponse): DisconnectSignal {
  const signal = clientDisconnect();
  response.on("close", () => {
    if (!response.writableFinished) signal.abort();
  });
  return signal;
}
