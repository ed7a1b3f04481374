import { type RunningSubgraph, serveAgency } from "../_shared/serving/serve.ts";
import type { ServingMode } from "../_shared/serving/serving-mode.ts";
import { readLicenceRules } from "./configuration.ts";
import { business } from "./subgraph.ts";

export function serve(environment: NodeJS.ProcessEnv, mode: ServingMode): Promise<RunningSubgraph> {
  return serveAgency(business(readLicenceRules(environment)), environment, mode);
}
