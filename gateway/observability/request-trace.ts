import type { PlanExtension } from "./plan-extension.ts";

/** What is seen of one request of a client on its way through the agencies. */
export type RequestTrace = {
  /** The W3C trace's id in hexadecimal; undefined where no traces are exported. */
  readonly traceId: string | undefined;
  /** How many calls of subgraphs have begun. */
  readonly fetches: number;
  /** A call of a subgraph begins. */
  fetch(subgraph: string): FetchTrace;
  /** There where a developer has asked for it, in demo mode. */
  readonly plan?: PlanExtension;
};

/** The same, for those who began it. */
export type RequestSpan = RequestTrace & { end(facts: RequestFacts): void };

/** What may be told of a request: nothing of it is personal. */
export type RequestFacts = {
  requestId: string;
  operation: string | undefined;
  role: string | undefined;
  outcome: string;
};

export type FetchTrace = {
  /** The header `traceparent` for the subgraph; undefined where no traces are exported. */
  readonly traceparent: string | undefined;
  /** The call has ended. `outcome` is of few words ("ok", "timeout", …), never a client's or a subgraph's text. */
  end(outcome: string): void;
};

const UNSEEN: FetchTrace = { traceparent: undefined, end() {} };

/** A request of which nothing is kept but the number of its calls. */
export function untracedRequest(): RequestSpan {
  const request = {
    traceId: undefined,
    fetches: 0,
    fetch() {
      request.fetches += 1;
      return UNSEEN;
    },
    end() {},
  };
  return request;
}
