import type { Logger } from "pino";
import { withRequestOptions } from "../pipeline/direct-path.ts";
import type { ExecutionPath } from "../pipeline/execution-path.ts";
import type { PipelineConfiguration } from "../pipeline/pipeline-configuration.ts";
import { directExecutor } from "../pipeline/request.ts";
import { type ExecuteFor, type GatewayPlugin, startApolloServer } from "./apollo-server.ts";
import { referenceExecutor } from "./reference-executor.ts";
import { type SupergraphLoader, supergraphLoader } from "./supergraph-manager.ts";

/** The gateway's own executor, or the reference executor of @apollo/gateway. */
export type ApolloPathExecutor = "own" | "apollo";

/**
 * Path through Apollo Server's request pipeline with its plugins. The server imports this module only when it is used: its
 * packages take longer to load than everything else.
 */
export async function openApolloPath(
  supergraphSdl: string,
  executor: ApolloPathExecutor,
  plugins: readonly GatewayPlugin[],
  configuration: PipelineConfiguration,
  log: Logger,
): Promise<ExecutionPath> {
  const loader = supergraphLoader(supergraphSdl, log);
  const execute = executeFor(loader, executor, configuration);
  const { respond, stop } = await startApolloServer(loader, execute, plugins, configuration, log);
  const servesSubscriptions = executor === "own"; // @apollo/gateway has no subscriptions
  return { respond, servesSubscriptions, schema: loader.schema, update: loader.update, stop };
}

function executeFor(
  { gateway }: SupergraphLoader,
  executor: ApolloPathExecutor,
  configuration: PipelineConfiguration,
): ExecuteFor {
  const own = withRequestOptions(directExecutor, configuration);
  if (executor === "own") return () => own;
  const reference = referenceExecutor(gateway);
  return (request) =>
    withRequestOptions((prepared, variables, scope) => reference(request, prepared, variables, scope), configuration);
}
