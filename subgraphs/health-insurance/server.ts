import * as z from "zod";
import { readEnvironment } from "../_shared/serving/environment.ts";
import { type RunningSubgraph, serveAgency } from "../_shared/serving/serve.ts";
import type { ServingMode } from "../_shared/serving/serving-mode.ts";
import { healthInsurance } from "./subgraph.ts";

export function serve(environment: NodeJS.ProcessEnv, mode: ServingMode): Promise<RunningSubgraph> {
  const { CARE_FACILITIES } = readEnvironment({ CARE_FACILITIES: z.string().optional() }, environment);
  return serveAgency(healthInsurance(CARE_FACILITIES), environment, mode);
}
