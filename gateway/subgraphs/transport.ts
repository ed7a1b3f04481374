import { Pool } from "undici";
import { READS_HEADER } from "../../subgraphs/_shared/call-headers.ts";
import { receivedUtf8, type Utf8 } from "../utf8.ts";
import { placeOf } from "./place.ts";
import { type Unreachable, unreachableBecause } from "./unreachable.ts";

/** A subgraph's answer as it came. */
export type Reply = {
  status: number;
  text: Utf8;
  /** The subgraph says that it has recorded no reading of anybody's data for this answer. */
  recordsNothing: boolean;
};

/** A request on its way. */
export type Sending = {
  /** @throws Unreachable */
  reply: Promise<Reply>;
  /** Closes the connection it is on; `reply` rejects with `why`. Without effect once it is settled. */
  abort(why: Unreachable): void;
};

export type Transport = {
  /** Sends a body with headers: names and values by turns. */
  send(headers: string[], body: Buffer): Sending;
  close(): Promise<void>;
};

/** Enough for several subgraphs that stall at once; further requests wait for a free one. */
const CONNECTIONS = 256;
const CONNECT_TIMEOUT_MS = 2_000;
const ANSWER_LIMIT_BYTES = 64_000_000;
const NOTHING = Buffer.alloc(0);

/**
 * Kept connections to one subgraph. undici's `dispatch` costs two thirds of its `request`, whose bodies are streams; a timer
 * for each request costs next to nothing (measured; the README has the figures).
 */
export function transportTo(url: string): Transport {
  const { origin, path, socketPath } = placeOf(url);
  const pool = new Pool(origin, {
    connections: CONNECTIONS,
    pipelining: 1,
    connect: { timeout: CONNECT_TIMEOUT_MS, ...(socketPath && { socketPath }) },
    headersTimeout: 0, // each request has its own deadline
    bodyTimeout: 0,
    maxResponseSize: ANSWER_LIMIT_BYTES,
  });

  function send(headers: string[], body: Buffer): Sending {
    let abort: Sending["abort"] = () => {};
    const reply = new Promise<Reply>((resolve, reject) => {
      let stopped: Unreachable | undefined;
      let stop: ((why: Error) => void) | undefined;
      let status = 0;
      let recordsNothing = false;
      let first: Buffer | undefined;
      let more: Buffer[] | undefined;
      abort = (why) => {
        stopped = why;
        reject(why);
        stop?.(why);
      };
      pool.dispatch(
        { method: "POST", path, headers, body },
        {
          // The older names of these: the newer ones cost a controller and a parsed object of headers for each answer.
          onConnect(stopIt) {
            if (stopped) stopIt(stopped);
            else stop = stopIt;
          },
          onHeaders(statusCode, headers) {
            status = statusCode;
            recordsNothing = headerOf(headers, READS_HEADER) === "none";
            return true;
          },
          onData(chunk) {
            if (!first) first = chunk;
            else if (more) more.push(chunk);
            else more = [first, chunk];
            return true;
          },
          onComplete() {
            const bytes = more ? Buffer.concat(more) : (first ?? NOTHING);
            resolve({ status, text: receivedUtf8(bytes), recordsNothing });
          },
          onError: (error) => reject(unreachableBecause(error)),
        },
      );
    });
    return { reply, abort: (why) => abort(why) };
  }

  return { send, close: () => pool.destroy() };
}

/** The value of a header among raw ones: names and values by turns. */
function headerOf(headers: readonly Buffer[], name: string): string | undefined {
  for (let at = 0; at < headers.length; at += 2) {
    if (headers[at]?.length === name.length && headers[at]?.toString("latin1").toLowerCase() === name)
      return headers[at + 1]?.toString("latin1");
  }
  return undefined;
}
