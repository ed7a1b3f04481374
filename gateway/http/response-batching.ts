import type { ServerResponse } from "node:http";
import type { GraphqlResponse } from "../pipeline/graphql-response.ts";
import { GRAPHQL_TYPE, type JSON_TYPE } from "./accept.ts";
import { appendSecurityHeaders } from "./headers.ts";

type PendingResponse = {
  response: ServerResponse;
  answer: GraphqlResponse;
  type: typeof JSON_TYPE | typeof GRAPHQL_TYPE;
  requestId: string;
};

let waiting: PendingResponse[] = [];

/**
 * Sends an answer at the end of this turn of the event loop, together with all others that have become ready in it. Their
 * readers are woken once instead of each time, and what they ask next comes together again: a sixth of the CPU of a small
 * request.
 */
export function sendResponse(outgoing: PendingResponse): void {
  if (waiting.push(outgoing) === 1) setImmediate(sendAll);
}

function sendAll(): void {
  const ready = waiting;
  waiting = [];
  for (const each of ready) {
    try {
      send(each);
    } catch (error) {
      each.response.destroy(error as Error); // the others have their answers all the same
    }
  }
}

function send({ response, answer, type, requestId }: PendingResponse): void {
  const { text } = answer;
  const headers = ["content-type", `${type}; charset=utf-8`, "content-length", String(text.length)];
  if (answer.status === 405) headers.push("allow", "POST");
  if (answer.retryAfterSeconds) headers.push("retry-after", String(answer.retryAfterSeconds));
  appendSecurityHeaders(response, requestId, headers);
  response.writeHead(statusOf(answer, type), headers);
  response.end(text, "latin1"); // whose characters are its bytes
}

/** GraphQL over HTTP: plain JSON says 200 whenever it was a GraphQL request; the newer type says 400 to a refused one. */
function statusOf({ kind, status, retryAfterSeconds }: GraphqlResponse, type: string): number {
  if (status === 405) return 405;
  if (retryAfterSeconds) return 429;
  return kind === "refused" && type === GRAPHQL_TYPE ? 400 : 200;
}
