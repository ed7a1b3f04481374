import type { GatewayConfiguration } from "../configuration.ts";
import type { Execute } from "./operations.ts";
import { extendForMutation } from "./request-scope.ts";

/** Tells the request what is about to be executed: a mutation may take longer than a query, a developer may want its plan. */
export function withRequestOptions(execute: Execute, configuration: GatewayConfiguration): Execute {
  return (prepared, variables, scope) => {
    if (prepared.clientOperation.operation.operation === "mutation") extendForMutation(scope, configuration);
    scope.trace?.plan?.executes(prepared, variables, scope.caller);
    return execute(prepared, variables, scope);
  };
}
