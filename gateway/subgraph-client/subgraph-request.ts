import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import type { RequestTrace } from "../observability/request-trace.ts";
import type { Utf8 } from "../utf8.ts";
import type { AgencyStates } from "./agency-states.ts";
import type { SubgraphEvent } from "./subgraph-subscription.ts";

/** One call of a subgraph. `variables` is JSON text of an object, so that nobody stringifies or parses it twice. */
export type SubgraphCall = {
  kind: "query" | "mutation";
  query: string;
  operationName: string | undefined;
  variables: Utf8;
};

export type LeavingListener = { handleEvent(): void };

/** What an AbortSignal has that is needed here; a real one for each request costs ten times as much. */
export type Leaving = {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: LeavingListener): void;
  removeEventListener(type: "abort", listener: LeavingListener): void;
};

/** What belongs to one request of a client on its way through the agencies. */
export type RequestScope = {
  /** Whom the gateway vouches for. */
  caller: Caller;
  requestId: string;
  /** `performance.now()` milliseconds after which nobody waits any more. */
  deadline: number;
  /** Aborted when the client goes away; undefined where nobody can go. */
  signal: Leaving | undefined;
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
export type SubgraphAnswer = { data?: Record<string, unknown> | null | undefined; errors?: readonly unknown[] };

/**
 * Whoever asks a subgraph. One of both is called, once, perhaps before `ask` returns; neither may throw. Without promises, since
 * this is done for every fetch.
 */
export type Asking = {
  answered(answer: SubgraphAnswer): void;
  /** With an `Unreachable` when there is no usable answer; anything else is a fault of the program. */
  failed(why: unknown): void;
};

/** What is heard of a subscription. */
export type Events = AsyncGenerator<"open" | SubgraphEvent>;

/** One subgraph that can be asked. */
export type Subgraph = {
  name: string;
  /** Its code as clients know it. */
  agency: string;
  url: string;
  ask(call: SubgraphCall, scope: RequestScope, to: Asking): void;
  /**
   * "open" once the subgraph has taken the subscription, then its events, those after the event `after` first, until `signal`.
   * @throws Unreachable when the connection breaks before the subgraph said that nothing more will come.
   */
  listen?(call: SubgraphCall, scope: RequestScope, after: string | undefined, signal: AbortSignal): Events;
  close(): Promise<void>;
};

/** Asks a subgraph and waits. @throws Unreachable when there is no usable answer. */
export function asked(subgraph: Subgraph, call: SubgraphCall, scope: RequestScope): Promise<SubgraphAnswer> {
  return new Promise((answered, failed) => subgraph.ask(call, scope, { answered, failed }));
}
