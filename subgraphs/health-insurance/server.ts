import * as z from "zod";
import { subgraphConfiguration } from "../_shared/serving/configuration.ts";
import { readEnvironment } from "../_shared/serving/environment.ts";
import { type RunningSubgraph, serveSubgraph } from "../_shared/serving/serve.ts";
import { healthInsurance } from "./subgraph.ts";

export function serve(environment: NodeJS.ProcessEnv): Promise<RunningSubgraph> {
  const { CARE_FACILITIES } = readEnvironment({ CARE_FACILITIES: z.string().optional() }, environment);
  const definition = healthInsurance({ facilityFile: CARE_FACILITIES });
  return serveSubgraph(definition, subgraphConfiguration("health-insurance", environment));
}
