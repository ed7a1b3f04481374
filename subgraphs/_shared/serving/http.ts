import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { badSetting } from "./environment.ts";

/** The body exceeds the receiver's limit. */
export class BodyTooLarge extends Error {}

/**
 * Reads a request's body up to `limit` bytes. @throws BodyTooLarge; the rest is discarded, so that a response can still be
 * sent.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else reject(new BodyTooLarge());
    });
    request.on("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.on("error", reject);
    request.on("close", () => reject(new Error("The request ended before its body did")));
  });
}

const LONG_TEXT = 16_000;

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  // a long text is encoded once, to measure and to send it; a short one is sent in one piece with its head
  const content = text.length > LONG_TEXT ? Buffer.from(text) : text;
  const length = Buffer.byteLength(content); // without a length Node sends chunks, which cost more on both sides
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": length,
    ...headers,
  });
  response.end(content);
}

/** Request error (GraphQL specification, section 7.1.2), before the execution of any field. */
export function sendGraphqlError(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  requestId: string,
): void {
  sendJson(response, status, { errors: [{ message, extensions: { code, requestId } }] });
}

/**
 * Listens, on loopback by default, and gives the port. @throws BadConfiguration with the remedy for a port or host that cannot be used.
 * @param variable of the port; that of the host has the same prefix
 */
export function listen(server: Server, port: number, host = "127.0.0.1", variable = "PORT"): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(listenFailure(error, port, host, variable));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

function listenFailure(error: NodeJS.ErrnoException, port: number, host: string, variable: string): Error {
  switch (error.code) {
    case "EADDRINUSE":
      return badSetting(variable, `${port} is taken; set another one`);
    case "EACCES":
      return badSetting(variable, `${port} may not be used by this account; set one from 1024 on`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN": {
      const remedy = "set one of its addresses, such as 127.0.0.1, or 0.0.0.0 for all of them";
      return badSetting(variable.replace(/PORT$/, "HOST"), `${host} is no address of this machine; ${remedy}`);
    }
    default:
      return error;
  }
}

const IDLE_CHECK_MS = 20;

/** Stops listening, waits up to `graceMs` for requests in flight, then closes all connections. */
export function closeServer(server: Server, graceMs = 5_000): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS); // their requests have finished since
    server.close(() => {
      clearTimeout(timer);
      clearInterval(idle);
      resolve();
    });
    server.closeIdleConnections();
  });
}
