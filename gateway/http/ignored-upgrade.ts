import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";

/** Headers that ask for another protocol. `Connection` names them. */
const UPGRADE_HEADERS = new Set(["connection", "upgrade", "http2-settings"]);

/**
 * Serves a request that asks for a protocol which the gateway does not speak, such as `h2c`, as if it had not asked (RFC 9110, section
 * 7.8): some clients ask with each first request. Node.js leaves such a connection to its listener, which gives it back here.
 */
export function serveWithoutUpgrade(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const lines = [`${request.method} ${request.url} HTTP/${request.httpVersion}`];
  const { rawHeaders } = request;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? "";
    if (!UPGRADE_HEADERS.has(name.toLowerCase())) lines.push(`${name}: ${rawHeaders[at + 1]}`);
  }
  server.emit("connection", socket);
  socket.emit("data", Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), head]));
}
