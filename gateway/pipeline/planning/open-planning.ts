import { threadProgram } from "../../thread-program.ts";
import type { Planning } from "./planned.ts";
import type { PlanningConfiguration } from "./planning-configuration.ts";
import { PlanningPool, type PlanningPoolOptions } from "./planning-pool.ts";
import { openRefusedShapes } from "./refused-shapes.ts";

export type OpenPlanning = (supergraphSdl: string) => Promise<Planning>;

/** Planning on worker threads, beside the request thread. @throws Error when the supergraph is unusable. */
export function planningOnThreads(
  configuration: PlanningConfiguration,
  observe: PlanningPoolOptions["observe"],
): OpenPlanning {
  return async (supergraphSdl) => {
    const program = await threadProgram("gateway/pipeline/planning/planner-thread-program");
    const refusedShapes = openRefusedShapes();
    const pool = new PlanningPool({ ...configuration, program, supergraphSdl, refusedShapes, observe });
    try {
      const apiSdl = await pool.open();
      return {
        apiSdl,
        plan: (operation, request) => pool.plan(operation, request),
        retire: () => pool.retire(),
        isBusy: () => pool.isBusy(),
        close: () => pool.close(),
      };
    } catch (error) {
      await pool.close();
      throw error;
    }
  };
}
