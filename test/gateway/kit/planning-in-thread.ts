import type { Planning } from "../../../gateway/pipeline/planning/planned.ts";
import { outcomeOf } from "../../../gateway/pipeline/planning/planning-refusals.ts";
import { openQueryPlanner } from "../../../gateway/pipeline/planning/query-planner.ts";
import { loadSupergraph, openVersion, type VersionOptions } from "../../../gateway/pipeline/supergraph-version.ts";

/** The planner of the gateway's threads on this thread, for tests that plan many operations. */
function planningInThread(supergraphSdl: string): Pick<Planning, "apiSdl" | "plan"> {
  const planner = openQueryPlanner(supergraphSdl);
  return {
    apiSdl: planner.apiSdl(),
    plan: async (operation) => outcomeOf(planner.plan(operation)),
  };
}

/** A version of a supergraph whose operations are planned on this thread. */
export function versionOf(supergraphSdl: string, options: VersionOptions) {
  return openVersion(loadSupergraph(supergraphSdl), planningInThread(supergraphSdl), options);
}
