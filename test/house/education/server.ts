import { type RunningSubgraph, serveAgency } from "../../../subgraphs/_shared/serving/serve.ts";
import type { ServingMode } from "../../../subgraphs/_shared/serving/serving-mode.ts";
import { definition } from "./subgraph.ts";

export function serve(environment: NodeJS.ProcessEnv, mode: ServingMode): Promise<RunningSubgraph> {
  return serveAgency(definition, environment, mode);
}
