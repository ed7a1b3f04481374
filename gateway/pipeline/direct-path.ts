import { prettyFormatQueryPlan } from "@apollo/query-planner";
import type { Logger } from "pino";
import { logInternalErrors } from "../observability/internal-error-log.ts";
import type { ExecutionPath } from "./execution-path.ts";
import { graphqlResponse } from "./graphql-response.ts";
import type { Preparation } from "./parse-and-validate.ts";
import type { Timeouts } from "./pipeline-configuration.ts";
import { directExecutor, type Execute, executePrepared } from "./request.ts";
import { onlyQueriesByGet } from "./request-errors.ts";
import { extendForMutation } from "./request-scope.ts";

/** Executes operations with the gateway's own executor, without Apollo Server. */
export function directPath(timeouts: Timeouts, log: Logger): ExecutionPath {
  const requestExecutor = withRequestOptions(directExecutor, timeouts);
  return {
    servesSubscriptions: true,
    async respond({ preparation, parameters, method, scope, admitCost, execute = requestExecutor }) {
      const unsafe = method === "GET" && unsafeOperation(preparation);
      if (unsafe) return graphqlResponse(undefined, [onlyQueriesByGet(unsafe)], scope, 405);
      const { data, errors } = await executePrepared(preparation, parameters.variables, scope, execute, admitCost);
      if (errors.length > 0) logInternalErrors(errors, scope.requestId, log);
      return graphqlResponse(data, errors, scope);
    },
    schema: () => undefined,
    update() {},
    stop: async () => {},
  };
}

/** The same executor with a mutation's longer deadline and, where a developer asked for it, a record of the plan. */
export function withRequestOptions(execute: Execute, timeouts: Timeouts): Execute {
  return (prepared, variables, scope) => {
    if (prepared.clientOperation.operation.operation === "mutation") extendForMutation(scope, timeouts);
    scope.trace?.plan?.record(() => {
      const plans = prepared.plans(prepared.authorize(scope.caller), variables);
      return plans.map(prettyFormatQueryPlan).join("\n");
    });
    return execute(prepared, variables, scope);
  };
}

/** Kind of an operation that GET must not execute, since any web page can send a GET. */
function unsafeOperation(preparation: Preparation): string | undefined {
  if (preparation.kind === "refused") return undefined;
  const { operation } = preparation.prepared.clientOperation.operation;
  return operation === "query" ? undefined : operation;
}
