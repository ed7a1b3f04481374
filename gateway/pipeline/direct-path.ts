import { GraphQLError } from "graphql";
import type { Logger } from "pino";
import type { Variables } from "../executor/compiled-operation.ts";
import { logInternalErrors } from "../observability/internal-error-log.ts";
import type { PlanRecorder } from "../observability/request-trace.ts";
import type { RequestScope } from "../subgraph-client/request-scope.ts";
import { extendForMutation } from "./create-request-scope.ts";
import type { ExecutionPath } from "./execution-path.ts";
import { graphqlResponse } from "./graphql-response.ts";
import type { Preparation } from "./parse-and-validate.ts";
import type { PipelineConfiguration, Timeouts } from "./pipeline-configuration.ts";
import type { PreparedOperation } from "./prepared-operation.ts";
import { directExecutor, type Execute, executePrepared, planBeforeDeadline } from "./request.ts";
import { onlyQueriesByGet } from "./request-errors.ts";

/** Executes operations with the gateway's own executor, without Apollo Server. */
export function directPath(
  configuration: Timeouts & Pick<PipelineConfiguration, "passedErrors">,
  log: Logger,
): ExecutionPath {
  const { passedErrors } = configuration;
  const options = { passedErrors };
  const requestExecutor = withRequestOptions(directExecutor, configuration);
  return {
    servesSubscriptions: true,
    async respond({ preparation, parameters, method, scope, admitCost, execute = requestExecutor }) {
      const unsafe = method === "GET" && unsafeOperation(preparation);
      if (unsafe) return graphqlResponse(undefined, [onlyQueriesByGet(unsafe)], scope, { passedErrors, status: 405 });
      const { data, errors } = await executePrepared(preparation, parameters.variables, scope, execute, admitCost);
      if (errors.length > 0) logInternalErrors(errors, scope.requestId, log, passedErrors);
      return graphqlResponse(data, errors, scope, options);
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
    const recorder = scope.trace?.plan;
    if (!recorder) return execute(prepared, variables, scope);
    return recordPlan(recorder, prepared, variables, scope).then(() => execute(prepared, variables, scope));
  };
}

/** The library that writes plans is loaded only where a developer asks for one. */
async function recordPlan(
  recorder: PlanRecorder,
  prepared: PreparedOperation,
  variables: Variables,
  scope: RequestScope,
): Promise<void> {
  const compiled = await planBeforeDeadline(prepared, prepared.authorize(scope.caller, variables), variables, scope);
  if (compiled instanceof GraphQLError) return; // its execution is refused as well
  const { describePlan } = await import("./plan-description.ts");
  recorder.record(() => describePlan(compiled.plan));
}

/** Kind of an operation that GET must not execute, since any web page can send a GET. */
function unsafeOperation(preparation: Preparation): string | undefined {
  if (preparation.kind === "refused") return undefined;
  const { operation } = preparation.prepared.clientOperation.operation;
  return operation === "query" ? undefined : operation;
}
