import { type OpenPlanning, planningOnThreads } from "../../gateway/pipeline/planning/open-planning.ts";
import type { Planning } from "../../gateway/pipeline/planning/planned.ts";

const opened = new Map<string, Promise<Planning>>();

/**
 * Planning that all worlds of this process share, and that outlives them: their supergraph is the same, and a planner thread
 * takes most of the CPU of a world's start. A gateway that a test serves itself has its own planner threads.
 */
export const sharedPlanning: typeof planningOnThreads = (configuration, observe): OpenPlanning => {
  return async (supergraphSdl) => {
    const key = JSON.stringify([configuration, supergraphSdl]);
    const planning = opened.get(key) ?? planningOnThreads(configuration, observe)(supergraphSdl);
    opened.set(key, planning);
    return { ...(await planning), retire() {}, isBusy: () => false, close: async () => {} };
  };
};
