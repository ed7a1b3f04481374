import { subgraphConfiguration } from "../_shared/configuration.ts";
import { type RunningSubgraph, serveSubgraph } from "../_shared/serve.ts";
import { definition } from "./subgraph.ts";

export function serve(environment: NodeJS.ProcessEnv): Promise<RunningSubgraph> {
  return serveSubgraph(definition, subgraphConfiguration("civil-status", environment));
}
