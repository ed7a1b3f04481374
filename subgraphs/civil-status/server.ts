import { type RunningSubgraph, serveAgency } from "../_shared/serving/serve.ts";
import type { ServingMode } from "../_shared/serving/serving-mode.ts";
import { civilStatusConfiguration } from "./configuration.ts";
import { civilStatus } from "./subgraph.ts";

export function serve(environment: NodeJS.ProcessEnv, mode: ServingMode): Promise<RunningSubgraph> {
  return serveAgency(civilStatus(civilStatusConfiguration(environment)), environment, mode);
}
