import type { Logger } from "pino";
import type { GatewayConfiguration } from "../configuration.ts";
import { directExecutor } from "../pipeline/operations.ts";
import { withRequestOptions } from "../pipeline/request-options.ts";
import { type ApolloServerPath, type ExecuteFor, type GatewayPlugin, startApolloServer } from "./apollo-server.ts";
import { referenceExecutor } from "./reference-executor.ts";
import { type SupergraphLoader, supergraphLoader } from "./supergraph-manager.ts";

/** Operations go through Apollo Server's pipeline, with its plugins and with the executor that the configuration names. */
export type ApolloPath = ApolloServerPath & Pick<SupergraphLoader, "schema" | "update">;

/** A module of its own: its packages take longer to load than all else, and a gateway on its fast lane needs none of them. */
export async function openApolloPath(
  supergraphSdl: string,
  plugins: readonly GatewayPlugin[],
  configuration: GatewayConfiguration,
  log: Logger,
): Promise<ApolloPath> {
  const loader = supergraphLoader(supergraphSdl, log);
  const pipeline = await startApolloServer(loader, executeFor(loader, configuration), plugins, configuration, log);
  return { ...pipeline, schema: loader.schema, update: loader.update };
}

function executeFor({ gateway }: SupergraphLoader, configuration: GatewayConfiguration): ExecuteFor {
  const own = withRequestOptions(directExecutor, configuration);
  if (configuration.executor === "own") return () => own;
  const reference = referenceExecutor(gateway);
  return (request) =>
    withRequestOptions((prepared, variables, scope) => reference(request, prepared, variables, scope), configuration);
}
