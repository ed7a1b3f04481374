import cluster, { type Worker } from "node:cluster";

/** Internal message of node:cluster that passes a connection to a worker process, which answers it with `ack: seq`. */
type Passing = { act?: string; seq?: number; ack?: number };
type Handle = { close(): void };

/**
 * Passes a connection on to another process when the worker process that it was passed to ends without taking it. node:cluster
 * forgets such a connection: it would stay open without any response (Node.js 20 to 24, tried).
 */
export function returnUntakenConnections(worker: Worker): void {
  const { process } = worker;
  const untaken = new Map<number, Handle>();
  const send = process.send;
  process.send = (message: Passing, handle?: unknown, ...rest: unknown[]): boolean => {
    if (message.act === "newconn" && message.seq !== undefined) untaken.set(message.seq, handle as Handle); // newconn always has the handle of a TCP connection
    return Reflect.apply(send, process, [message, handle, ...rest]);
  };
  process.on("internalMessage", ({ ack }: Passing) => ack !== undefined && untaken.delete(ack));

  const returnAll = () => {
    const hasOthers = Object.values(cluster.workers ?? {}).some((each) => each !== worker && each?.isConnected());
    for (const [seq, handle] of untaken) {
      // the message by which a process refuses a connection during its shutdown
      const refusal = { cmd: "NODE_CLUSTER", ack: seq, accepted: false };
      if (hasOthers)
        process.emit("internalMessage" as "message", refusal, undefined); // the types do not name the event
      else handle.close();
    }
    untaken.clear();
  };
  // Waits until the channel is closed. If a process ends while a message is read, Node.js reports its exit only.
  worker.once("disconnect", returnAll);
  worker.once("exit", () => !worker.isConnected() && returnAll());
}
