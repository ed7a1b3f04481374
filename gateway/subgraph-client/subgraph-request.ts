import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import type { RequestTrace } from "../observability/request-trace.ts";
import type { Utf8 } from "../utf8.ts";
import type { AgencyStates } from "./agency-states.ts";
import type { SubgraphEvent } from "./subscriptions/subgraph-subscriptions.ts";

/** One call of a subgraph. `variables` is JSON text of an object, so that nobody stringifies or parses it twice. */
export type SubgraphRequest = {
  kind: "query" | "mutation";
  query: string;
  operationName: string | undefined;
  variables: Utf8;
};

export type DisconnectListener = { handleEvent(): void };

/** What an AbortSignal has that is needed here; a real one for each request costs ten times as much. */
export type DisconnectSignal = {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: DisconnectListener): void;
  removeEventListener(type: "abort", listener: DisconnectListener): void;
};

/** What belongs to one request of a client on its way through the agencies. */
export type RequestScope = {
  /** Whom the gateway vouches for. */
  caller: Caller;
  requestId: string;
  /** `performance.now()` milliseconds after which nobody waits any more. */
  deadline: number;
  /** Aborted when the client goes away; undefined where nobody can go. */
  signal: DisconnectSignal | undefined;
  /** Filled by the calls: which agencies were asked, and whether they could be used. */
  agencies: AgencyStates;
  /** Of the event of a subscription that is answered: where to go on after it, for clients that do not see the stream's ids. */
  eventId?: string | undefined;
  /** What is seen of it; `trace.fetch(name)` at the beginning of each call. */
  trace?: RequestTrace | undefined;
};

/**
 * A subgraph's answer, parsed for this caller alone: whoever asked may keep and change it. The texts of its data are `Utf8`,
 * those of its errors plain.
 */
export type SubgraphResponse = { data?: Record<string, unknown> | null | undefined; errors?: readonly unknown[] };

/**
 * Whoever asks a subgraph. One of both is called, once, perhaps before `ask` returns; neither may throw. Without promises, since
 * this is done for every fetch.
 */
export type ResponseReceiver = {
  onResponse(answer: SubgraphResponse): void;
  /** With an `Unreachable` when there is no usable answer; anything else is a fault of the program. */
  onFailure(why: unknown): void;
};

/** What is heard of a subscription. */
export type SubscriptionEvents = AsyncGenerator<"open" | SubgraphEvent>;

/** One subgraph that can be asked. */
export type Subgraph = {
  name: string;
  /** Its code as clients know it. */
  agency: string;
  url: string;
  send(call: SubgraphRequest, scope: RequestScope, to: ResponseReceiver): void;
  /**
   * "open" once the subgraph has taken the subscription, then its events, those after the event `after` first, until `signal`.
   * @throws Unreachable when the connection breaks before the subgraph said that nothing more will come.
   */
  subscribe?(
    call: SubgraphRequest,
    scope: RequestScope,
    after: string | undefined,
    signal: AbortSignal,
  ): SubscriptionEvents;
  close(): Promise<void>;
};

/** Asks a subgraph and waits. @throws Unreachable when there is no usable answer. */
export function sendAndAwait(
  subgraph: Subgraph,
  call: SubgraphRequest,
  scope: RequestScope,
): Promise<SubgraphResponse> {
  return new Promise((answered, failed) => subgraph.send(call, scope, { onResponse: answered, onFailure: failed }));
}
