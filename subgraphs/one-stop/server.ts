import { subgraphConfiguration } from "../_shared/serving/configuration.ts";
import { type RunningSubgraph, serveSubgraph } from "../_shared/serving/serve.ts";
import { oneStopConfiguration } from "./configuration.ts";
import { deskKeeper } from "./desk.ts";
import { oneStop } from "./subgraph.ts";

export function serve(environment: NodeJS.ProcessEnv): Promise<RunningSubgraph> {
  oneStopConfiguration(environment); // a bad variable is named before anything listens
  return serveSubgraph(oneStop(deskKeeper(environment)), subgraphConfiguration("one-stop", environment));
}
