import type { IncomingMessage } from "node:http";
import { badRequest, payloadTooLarge } from "../errors.ts";

/** The client went away before its request was whole; there is nobody to answer. */
export class ClientGone extends Error {}

/** How long a refused body may go on arriving, unread: many senders read an answer only after they have sent everything. */
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
    request.once("end", () => {
      isWhole = true;
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
    request.once("error", () => reject(new ClientGone()));
    // An error is dear to make, and every request closes.
    request.once("close", () => isWhole || reject(new ClientGone()));
  });
}

/**
 * Lets the rest of an unread body pass by for a while after the answer, then closes the connection. The answer does not say that
 * it will be closed: Node would do so at once, and a sender would find a broken connection instead of its refusal.
 */
export function discardRest(request: IncomingMessage): void {
  if (request.complete) return;
  request.on("error", () => {}); // a client that gives up while it is being refused
  request.resume();
  const timer = setTimeout(() => request.socket.destroy(), DRAIN_MS);
  request.once("close", () => clearTimeout(timer));
}
