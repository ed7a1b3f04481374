/** Observations of one client request. */
export type RequestTrace = {
  /** Id of the W3C trace in hexadecimal; undefined where no traces are exported. */
  readonly traceId: string | undefined;
  /** Number of subgraph calls started so far. */
  readonly fetches: number;
  /** Starts the span of a subgraph call. */
  fetch(subgraph: string): FetchTrace;
  /** Set where a developer has asked for the query plan, in demo mode. */
  readonly plan?: PlanRecorder;
};

/** A request trace with the right to end it. */
export type RequestSpan = RequestTrace & { end(facts: RequestFacts): void };

/** Attributes of a request's span; none of them is personal data. */
export type RequestFacts = {
  requestId: string;
  operation: string | undefined;
  role: string | undefined;
  outcome: string;
};

export type FetchTrace = {
  /** Header `traceparent` for the subgraph; undefined where no traces are exported. */
  readonly traceparent: string | undefined;
  /** @param outcome one of a few words ("ok", "timeout", …), never text of a client or a subgraph. */
  end(outcome: string): void;
};

/** Step of a query plan: a call of a subgraph for the objects at a path of the response, or steps one after another or at once. */
export type PlanStep =
  | { kind: "fetch"; subgraph: string; path: string[] }
  | { kind: "sequence" | "parallel"; steps: PlanStep[] };

/** Query plan as text; `steps` is undefined where nothing is fetched. */
export type PlanDescription = { text: string; steps: PlanStep | undefined };

/** Records the query plan of the executed operation for `extensions.plan`. */
export type PlanRecorder = {
  /** @param describePlan is called only when the response is written. */
  record(describePlan: () => PlanDescription): void;
  /** Plan and fetches as JSON; undefined where nothing was executed. */
  json(): string | undefined;
};

/** Collector of traces (OTLP over HTTP with JSON) and the share of requests that is traced, 0 to 1. */
export type TracesTarget = { url: string; share: number };

export type Tracing = {
  /** Starts the span of a request; `header` is the client's `traceparent`, which only sets the parent span. */
  request(header: string | readonly string[] | undefined): RequestSpan;
  /** Exports the remaining spans, within a few seconds. */
  close(): Promise<void>;
};

const UNTRACED_FETCH: FetchTrace = { traceparent: undefined, end() {} };

/** Trace of a request that only counts its subgraph calls. */
export function untracedRequest(): RequestSpan {
  const request = {
    traceId: undefined,
    fetches: 0,
    fetch() {
      request.fetches += 1;
      return UNTRACED_FETCH;
    },
    end() {},
  };
  return request;
}
