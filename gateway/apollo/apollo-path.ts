import { parse } from "graphql";
import type { Logger } from "pino";
import { BadConfiguration } from "../../subgraphs/_shared/serving/environment.ts";
import { withRequestOptions } from "../pipeline/direct-path.ts";
import type { ExecutionPath } from "../pipeline/execution-path.ts";
import type { PipelineConfiguration } from "../pipeline/pipeline-configuration.ts";
import { directExecutor } from "../pipeline/request.ts";
import { overrideLabels } from "../supergraph/override-labels.ts";
import { hasContexts } from "../supergraph/security-directives.ts";
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
  if (executor === "apollo") requireReferenceSupport(supergraphSdl);
  const loader = supergraphLoader(supergraphSdl, log);
  const execute = executeFor(loader, executor, configuration);
  const { respond, stop } = await startApolloServer(loader, execute, plugins, configuration, log);
  const servesSubscriptions = executor === "own"; // @apollo/gateway has no subscriptions
  const update = (next: string) => {
    if (executor === "apollo") requireReferenceSupport(next);
    loader.update(next);
  };
  return { respond, servesSubscriptions, schema: loader.schema, update, stop };
}

/** @throws BadConfiguration for a graph whose data @apollo/gateway would silently take from the wrong subgraph. */
function requireReferenceSupport(supergraphSdl: string): void {
  const supergraph = parse(supergraphSdl, { noLocation: true });
  const unsupported = [
    ...(overrideLabels(supergraph).length > 0 ? ["progressive overrides (@override with a label)"] : []),
    ...(hasContexts(supergraph) ? ["contextual arguments (@fromContext)"] : []),
  ];
  if (unsupported.length === 0) return;
  throw new BadConfiguration(
    `The configuration does not work:\n  GATEWAY_EXECUTOR: apollo ignores ${unsupported.join(" and ")} of this supergraph; unset it`,
  );
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
