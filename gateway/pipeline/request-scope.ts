import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import type { GatewayConfiguration } from "../configuration.ts";
import type { RequestTrace } from "../observability/request-trace.ts";
import type { DisconnectSignal, RequestScope } from "../subgraph-client/request-scope.ts";

type Timeouts = Pick<GatewayConfiguration, "queryTimeoutMs" | "mutationTimeoutMs">;

/** What goes with a request that began at `began` (`performance.now()`), with the time that a query has. */
export function requestScope(
  caller: Caller,
  { queryTimeoutMs }: Timeouts,
  began: number,
  { signal, trace }: { signal: DisconnectSignal | undefined; trace: RequestTrace | undefined },
): RequestScope {
  const { requestId } = caller;
  return { caller, requestId, deadline: began + queryTimeoutMs, signal, agencies: new Map(), trace };
}

/** A request that turns out to be a mutation has more time. */
export function extendForMutation(scope: RequestScope, { queryTimeoutMs, mutationTimeoutMs }: Timeouts): void {
  scope.deadline += mutationTimeoutMs - queryTimeoutMs;
}
