import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import type { RequestTrace } from "../observability/request-trace.ts";
import type { ClientExchange } from "../subgraph-client/client-headers/client-exchange.ts";
import type { DisconnectSignal, RequestScope } from "../subgraph-client/request-scope.ts";
import type { Timeouts } from "./pipeline-configuration.ts";

type Accompanying = {
  /** Address of the client. */
  address: string;
  signal: DisconnectSignal | undefined;
  trace: RequestTrace | undefined;
  client: ClientExchange | undefined;
};

/** Scope of a request that started at `started` (`performance.now()`), with the deadline of a query. */
export function requestScope(
  caller: Caller,
  { queryTimeoutMs }: Timeouts,
  started: number,
  { address, signal, trace, client }: Accompanying,
): RequestScope {
  const { requestId } = caller;
  const clientKey = caller.role === "anonymous" ? address : caller.subject;
  const deadline = started + queryTimeoutMs;
  return { caller, requestId, clientKey, deadline, signal, agencies: new Map(), trace, client };
}

/** A mutation has a later deadline than a query. */
export function extendForMutation(scope: RequestScope, { queryTimeoutMs, mutationTimeoutMs }: Timeouts): void {
  scope.deadline += mutationTimeoutMs - queryTimeoutMs;
}
