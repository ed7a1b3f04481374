import { subgraphConfiguration } from "../_shared/serving/configuration.ts";
import { type RunningSubgraph, serveSubgraph } from "../_shared/serving/serve.ts";
import { readSerialRange } from "./configuration.ts";
import { residence } from "./subgraph.ts";

export function serve(environment: NodeJS.ProcessEnv): Promise<RunningSubgraph> {
  return serveSubgraph(residence(readSerialRange(environment)), subgraphConfiguration("residence", environment));
}
