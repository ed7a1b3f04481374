import { subgraphConfiguration } from "../_shared/serving/configuration.ts";
import { type RunningSubgraph, serveSubgraph } from "../_shared/serving/serve.ts";
import { oneStopConfiguration } from "./configuration.ts";
import { deskOf, oneStop } from "./subgraph.ts";

export function serve(environment: NodeJS.ProcessEnv): Promise<RunningSubgraph> {
  oneStopConfiguration(environment); // names a bad variable before anything listens
  return serveSubgraph(oneStop(deskOf(environment)), subgraphConfiguration("one-stop", environment));
}
