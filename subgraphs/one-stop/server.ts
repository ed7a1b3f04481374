import { type RunningSubgraph, serveAgency } from "../_shared/serving/serve.ts";
import type { ServingMode } from "../_shared/serving/serving-mode.ts";
import { oneStopConfiguration } from "./configuration.ts";
import { deskOf, oneStop } from "./subgraph.ts";

export function serve(environment: NodeJS.ProcessEnv, mode: ServingMode): Promise<RunningSubgraph> {
  oneStopConfiguration(environment); // reports bad variables before the server listens
  return serveAgency(oneStop(deskOf(environment)), environment, mode);
}
