import { createReadStream } from "node:fs";
import { connect, type NetConnectOpts, type Socket } from "node:net";

/** Scanner of uploaded content. */
export type VirusScanner = {
  /** Name of the malware in a file; undefined: none was found. @throws ScannerUnavailable */
  scan(path: string): Promise<string | undefined>;
  /** Reason why the scanner cannot be used now. */
  fault(): Promise<string | undefined>;
  /** False: content is accepted unscanned while the scanner cannot be used. */
  readonly required: boolean;
};

export class ScannerUnavailable extends Error {}

/** Time limit without any progress; clamd needs seconds for a large PDF. */
const SILENCE_MS = 30_000;
const PING_MS = 1_000;
const LENGTH_BYTES = 4;

/**
 * Client of clamd's socket, command INSTREAM: chunks with their length in four bytes, an empty one at the end; see clamd(8).
 * clamd refuses content beyond its own `StreamMaxLength`, which must not be below the limit of attachments.
 */
export function clamdScanner(address: NetConnectOpts, required: boolean): VirusScanner {
  return {
    required,
    async scan(path) {
      const reply = await exchange(address, SILENCE_MS, (socket) => sendFile(socket, path));
      if (reply === "stream: OK") return undefined;
      const [, name] = /^stream: (.+) FOUND$/.exec(reply) ?? [];
      if (name === undefined) throw new ScannerUnavailable(`it answers ${JSON.stringify(reply.slice(0, 200))}`);
      return name;
    },
    fault: () =>
      exchange(address, PING_MS, async (socket) => void socket.write("zPING\0")).then(
        (reply) => (reply === "PONG" ? undefined : "it does not answer PING"),
        (error: Error) => error.message,
      ),
  };
}

async function sendFile(socket: Socket, path: string): Promise<void> {
  socket.write("zINSTREAM\0");
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(chunk.length);
    socket.write(length);
    // clamd closes the connection where it refuses the rest; its reply says why
    if (!socket.write(chunk) && !socket.destroyed) await drained(socket);
  }
  socket.write(Buffer.alloc(LENGTH_BYTES));
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off("drain", done).off("close", done);
      resolve();
    };
    socket.on("drain", done).on("close", done);
  });
}

/** Sends a command and reads its reply, which a zero byte ends. @throws ScannerUnavailable */
function exchange(
  address: NetConnectOpts,
  silenceMs: number,
  send: (socket: Socket) => Promise<void>,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(address);
    let reply = "";
    const fail = (reason: string) => {
      socket.destroy();
      reject(new ScannerUnavailable(reason));
    };
    socket.setEncoding("utf8");
    socket.setTimeout(silenceMs, () => fail(`no answer within ${silenceMs} ms`));
    socket.on("error", () => (reply === "" ? fail("it cannot be reached") : undefined));
    socket.on("data", (text: string) => {
      reply += text;
      if (!reply.includes("\0")) return;
      socket.destroy();
      resolve(reply.slice(0, reply.indexOf("\0")));
    });
    socket.on("close", () => fail("it closed the connection"));
    socket.on("connect", () => send(socket).catch(() => fail("the file cannot be read")));
  });
}
