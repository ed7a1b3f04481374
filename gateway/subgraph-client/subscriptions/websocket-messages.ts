import { once } from "node:events";
import type { WebSocket } from "ws";
import { connectionBroken } from "../subgraph-failure.ts";

/** Unread messages from which the connection is paused: a subgraph must not fill the memory of a slow client's stream. */
const MOST_UNREAD = 100;
const PING_MS = 15_000;

/** The connection was closed, with the code of its close frame (RFC 6455); 1006 without one. */
export class WebSocketClosed extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`The connection was closed with code ${code}`);
    this.code = code;
  }
}

/**
 * Text messages of a connection, in order. A connection that answers no ping counts as broken.
 * @throws WebSocketClosed at its end; SubgraphFailure for a message that is not text.
 */
export async function* textMessages(socket: WebSocket, signal: AbortSignal): AsyncGenerator<string> {
  const unread: string[] = [];
  let end: Error | undefined;
  let wake = () => {};
  let isAlive = true;
  socket.on("message", (data, isBinary) => {
    isAlive = true;
    if (end) return; // what follows would hide that a message is missing
    if (isBinary) end = connectionBroken();
    else unread.push(String(data));
    if (unread.length >= MOST_UNREAD) socket.pause();
    wake();
  });
  socket.on("pong", () => {
    isAlive = true;
  });
  socket.once("close", (code) => {
    end ??= new WebSocketClosed(code);
    wake();
  });
  socket.on("error", () => {}); // "close" follows
  const stop = () => socket.terminate();
  signal.addEventListener("abort", stop);
  const pinging = setInterval(() => {
    if (!isAlive && !socket.isPaused) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, PING_MS);
  try {
    for (;;) {
      const text = unread.shift();
      if (text !== undefined) {
        if (socket.isPaused && unread.length === 0) socket.resume();
        yield text;
      } else if (end) {
        throw end;
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    clearInterval(pinging);
    signal.removeEventListener("abort", stop);
  }
}

/** Resolves when the connection is open. @throws the error of Node.js, or WebSocketRefused. */
export async function opened(socket: WebSocket): Promise<void> {
  const refused = new Promise<never>((_, reject) => {
    socket.once("unexpected-response", (_request, response) => {
      response.resume();
      reject(new WebSocketRefused(response.statusCode ?? 0));
      socket.terminate();
    });
  });
  await Promise.race([once(socket, "open"), refused]);
}

/** The server answered with an HTTP status in place of the upgrade. */
export class WebSocketRefused extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`HTTP ${status}`);
    this.status = status;
  }
}
