import { connect, type Socket } from "node:net";

export type Answer = { status: number; body: Buffer };

/** One kept connection that sends one request at a time. A load generator must use less CPU than the server it measures. */
export type Connection = { ask(request: string): Promise<Answer>; close(): void };

const HEAD_END = Buffer.from("\r\n\r\n");
const LAST_CHUNK = Buffer.from("0\r\n\r\n");

export async function openConnection(port: number): Promise<Connection> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  return connectionOver(socket);
}

function connectionOver(socket: Socket): Connection {
  let waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;
  let received: Buffer = Buffer.alloc(0);
  let head: Head | undefined;
  socket.on("data", (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    head ??= headOf(received);
    if (!head || !isWhole(received, head)) return;
    const body = received.subarray(head.end);
    const answer = { status: head.status, body: head.length === undefined ? withoutChunks(body) : body };
    const asked = waiting;
    waiting = undefined;
    head = undefined;
    received = Buffer.alloc(0);
    asked?.resolve(answer);
  });
  const lost = (error?: Error) => waiting?.reject(error ?? new Error("The connection was closed"));
  socket.on("error", lost);
  socket.on("close", () => lost());
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

/** `length` is undefined for a chunked body. */
type Head = { status: number; end: number; length: number | undefined };

function headOf(received: Buffer): Head | undefined {
  const end = received.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const text = received.toString("latin1", 0, end);
  const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
  const chunked = /\r\ntransfer-encoding: *chunked/i.test(text);
  return { status: Number(text.slice(9, 12)), end: end + 4, length: chunked ? undefined : Number(length ?? 0) };
}

/** JSON text has no raw line ends, so the last chunk's mark cannot occur inside the body. */
function isWhole(received: Buffer, { end, length }: Head): boolean {
  if (length !== undefined) return received.length >= end + length;
  return received.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK);
}

function withoutChunks(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const lineEnd = body.indexOf("\r\n", at);
    const size = Number.parseInt(body.toString("latin1", at, lineEnd), 16);
    if (!size) break;
    parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
  return Buffer.concat(parts);
}
