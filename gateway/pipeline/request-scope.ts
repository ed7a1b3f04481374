import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import type { RequestTrace } from "../observability/request-trace.ts";
import type { DisconnectSignal, RequestScope } from "../subgraph-client/request-scope.ts";
import type { Timeouts } from "./pipeline-configuration.ts";

/** Scope of a request that started at `started` (`performance.now()`), with the deadline of a query. */
export function requestScope(
  caller: Caller,
  { queryTimeoutMs }: Timeouts,
  started: number,
  { signal, trace }: { signal: DisconnectSignal | undefined; trace: RequestTrace | undefined },
): RequestScope {
  const { requestId } = caller;
  return { caller, requestId, deadline: started + queryTimeoutMs, signal, agencies: new Map(), trace };
}

/** A mutation has a later deadline than a query. */
export function extendForMutation(scope: RequestScope, { queryTimeoutMs, mutationTimeoutMs }: Timeouts): void {
  scope.deadline += mutationTimeoutMs - queryTimeoutMs;
}
