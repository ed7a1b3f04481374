import { type RunningSubgraph, serveAgency } from "../_shared/serving/serve.ts";
import type { ServingMode } from "../_shared/serving/serving-mode.ts";
import { healthInsuranceConfiguration } from "./configuration.ts";
import { healthInsurance } from "./subgraph.ts";

export function serve(environment: NodeJS.ProcessEnv, mode: ServingMode): Promise<RunningSubgraph> {
  return serveAgency(healthInsurance(healthInsuranceConfiguration(environment)), environment, mode);
}
