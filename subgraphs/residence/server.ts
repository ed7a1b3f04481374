import { subgraphConfiguration } from "../_shared/configuration.ts";
import { type RunningSubgraph, serveSubgraph } from "../_shared/serve.ts";
import { readSerialRange } from "./configuration.ts";
import { residence } from "./subgraph.ts";

export function serve(environment: NodeJS.ProcessEnv): Promise<RunningSubgraph> {
  return serveSubgraph(residence(readSerialRange(environment)), subgraphConfiguration("residence", environment));
}
