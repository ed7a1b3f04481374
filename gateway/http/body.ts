import type { IncomingMessage } from "node:http";
import { badRequest, payloadTooLarge } from "../errors.ts";

/** The client disconnected before its request was complete. */
export class ClientGone extends Error {}

/** Time in which the rest of a refused body is discarded: many clients read a response only after they have sent everything. */
const DRAIN_MS = 2_000;

/**
 * Reads a body of up to `limit` bytes. The connection stays open when it is larger, so that the refusal can be sent.
 * @throws Refusal 413 or 415; ClientGone.
 */
export function readRequestBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const encoding = request.headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") {
    throw badRequest("Compressed bodies are not accepted; leave Content-Encoding out", 415);
  }
  const refusal = (asked: number) =>
    payloadTooLarge(`The body exceeds ${limit} bytes; send less at a time`, 413, {
      name: "bodyBytes",
      allowed: limit,
      asked,
    });
  const announced = Number(request.headers["content-length"] ?? 0);
  if (announced > limit) throw refusal(announced);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let isWhole = false;
    const collect = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) return void chunks.push(chunk);
      request.off("data", collect);
      reject(refusal(size));
    };
    request.on("data", collect);
    // The events come once each; `once` would wrap and remove every listener.
    request.on("end", () => {
      isWhole = true;
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
    request.on("error", () => reject(new ClientGone()));
    // Creating an error is expensive, and every request emits `close`.
    request.on("close", () => isWhole || reject(new ClientGone()));
  });
}

/**
 * Discards the rest of an unread body for a while after the response, then closes the connection. The response does not
 * announce the close: Node would then close at once, and the client would see a broken connection instead of its refusal.
 */
export function discardRest(request: IncomingMessage): void {
  if (request.complete) return;
  request.on("error", () => {}); // the client may disconnect before it has read the refusal
  request.resume();
  const timer = setTimeout(() => request.socket.destroy(), DRAIN_MS);
  request.once("close", () => clearTimeout(timer));
}
