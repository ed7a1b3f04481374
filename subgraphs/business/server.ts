import { subgraphConfiguration } from "../_shared/serving/configuration.ts";
import { type RunningSubgraph, serveSubgraph } from "../_shared/serving/serve.ts";
import { definition } from "./subgraph.ts";

export function serve(environment: NodeJS.ProcessEnv): Promise<RunningSubgraph> {
  return serveSubgraph(definition, subgraphConfiguration("business", environment));
}
