import { type OpenPlanning, planningOnThreads } from "../../gateway/pipeline/planning/open-planning.ts";
import type { Planning } from "../../gateway/pipeline/planning/planned.ts";

type Observe = Parameters<typeof planningOnThreads>[1];
type Shared = { planning: Promise<Planning>; observers: Set<Observe> };

const opened = new Map<string, Shared>();

/**
 * Planning that all worlds of this process share, and that outlives them: their supergraph is the same, and a planner thread
 * takes most of the CPU of a world's start. Each world that is open observes it. A gateway that a test serves itself has its own
 * planner threads.
 */
export const sharedPlanning: typeof planningOnThreads = (configuration, observe): OpenPlanning => {
  return async (supergraphSdl) => {
    const key = JSON.stringify([configuration, supergraphSdl]);
    const observers = new Set<Observe>();
    const observeAll: Observe = (outcome, seconds) => {
      for (const each of observers) each(outcome, seconds);
    };
    const shared = opened.get(key) ?? {
      planning: planningOnThreads(configuration, observeAll)(supergraphSdl),
      observers,
    };
    opened.set(key, shared);
    shared.observers.add(observe);
    const close = async () => void shared.observers.delete(observe);
    return { ...(await shared.planning), retire() {}, isBusy: () => false, close };
  };
};
