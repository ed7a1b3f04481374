import type { Utf8 } from "../utf8.ts";
import type { AgencyState } from "./agency-states.ts";
import type { RequestScope } from "./request-scope.ts";

/** A GraphQL request to a subgraph. `variables` is the JSON text of an object, written once by the executor. */
export type SubgraphRequest = {
  kind: "query" | "mutation";
  query: string;
  operationName: string | undefined;
  variables: Utf8;
};

/**
 * A subgraph's GraphQL response, parsed for one receiver alone, which may keep and change it. Strings of `data` are `Utf8`,
 * those of `errors` are decoded.
 */
export type SubgraphResponse = {
  data?: Record<string, unknown> | null | undefined;
  errors?: readonly unknown[] | undefined;
  extensions?: { unavailable?: unknown } | undefined;
  /** Text of the response, from which the executor reads numbers that `data` cannot represent. */
  json?: Utf8 | undefined;
};

/**
 * Receiver of one response. Exactly one method is called, once, possibly before `send` returns; neither may throw. Callbacks,
 * because a promise for each fetch is measurable on the hot path.
 */
export type ResponseReceiver = {
  /** Reads a response that it expects; undefined for any other, which is parsed instead. */
  read?(json: Utf8): SubgraphResponse | undefined;
  onResponse(response: SubgraphResponse): void;
  /** @param error a `SubgraphFailure` when the subgraph has no usable response; anything else is a programming error. */
  onFailure(error: unknown): void;
};

/** An event of a subscription at a subgraph. */
export type SubgraphEvent = {
  /** The subscription resumes after this id. */
  id: string | undefined;
  /** The event's response; records the agency's state for the request that it completes. */
  response(scope: RequestScope): SubgraphResponse;
};

/** "open" when the subgraph has accepted the subscription, then its events. */
export type SubscriptionEvents = AsyncGenerator<"open" | SubgraphEvent>;

export type Subgraph = {
  name: string;
  /** Code of the agency in responses to clients. */
  agency: string;
  url: string;
  /** State in which the gateway has seen it last; undefined before the first call. */
  observed?(): AgencyState | undefined;
  send(request: SubgraphRequest, scope: RequestScope, receiver: ResponseReceiver): void;
  /**
   * Subscribes, after the event `after`, until `signal`.
   * @throws SubgraphFailure when the connection breaks before the subgraph has completed the subscription.
   */
  subscribe?(
    request: SubgraphRequest,
    scope: RequestScope,
    after: string | undefined,
    signal: AbortSignal,
  ): SubscriptionEvents;
  close(): Promise<void>;
};

/** `Subgraph.send` as a promise. @throws SubgraphFailure */
export function sendAndAwait(
  subgraph: Subgraph,
  request: SubgraphRequest,
  scope: RequestScope,
): Promise<SubgraphResponse> {
  return new Promise((onResponse, onFailure) => subgraph.send(request, scope, { onResponse, onFailure }));
}
