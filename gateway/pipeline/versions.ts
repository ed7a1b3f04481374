import { setMaxListeners } from "node:events";
import type { GraphQLSchema } from "graphql";
import { BadConfiguration } from "../../subgraphs/_shared/serving/environment.ts";
import type { Subgraphs } from "../subgraph-client/subgraphs.ts";
import { joinedSubgraphs } from "../supergraph/join-graph.ts";
import type { ExecutionPath } from "./execution-path.ts";
import { type Operations, openOperations } from "./operations.ts";
import type { PipelineConfiguration } from "./pipeline-configuration.ts";
import type { OpenPlanning } from "./planning/open-planning.ts";
import type { Planning } from "./planning/planned.ts";
import { type LoadedSupergraph, loadSupergraph, openVersion } from "./supergraph-version.ts";

/** Operations of the current supergraph version; `replaced` is aborted when another version takes over. */
export type CurrentOperations = { operations: Operations; replaced: AbortSignal };

/** Parts of the pipeline that the server chooses. */
export type PipelineParts = {
  openPlanning: OpenPlanning;
  /** Opens the path that executes operations: the direct path or the Apollo Server path. */
  openPath(supergraphSdl: string): Promise<ExecutionPath>;
};

/** Versions of the supergraph, of which the latest is in use. */
export type Versions = {
  current(): CurrentOperations;
  path: ExecutionPath;
  /** Switches to another version. @throws Error when it is not usable; then nothing changes. */
  adopt(supergraphSdl: string): Promise<void>;
  close(): Promise<void>;
};

/** @throws Error when the first version is not usable. */
export async function openVersions(
  supergraphSdl: string,
  subgraphs: Subgraphs,
  configuration: PipelineConfiguration,
  { openPlanning, openPath }: PipelineParts,
): Promise<Versions> {
  const [firstPlanning, first] = await openAndLoad(openPlanning, supergraphSdl).catch(refuseFirst);
  let planning = firstPlanning;
  let retired: Planning[] = [];
  let isClosed = false;
  subgraphs.adopt(joinedSubgraphs(first.supergraph));
  const path = await openPath(supergraphSdl).catch(async (error: unknown) => {
    await firstPlanning.close();
    throw error;
  });
  let operations = operationsOf(first, planning, path.schema(), subgraphs, configuration);
  let replaced = newSignal();

  /** @throws Error before anything changes. */
  function switchTo(next: string, loaded: LoadedSupergraph, nextPlanning: Planning): void {
    const { schema } = openVersion(loaded, nextPlanning, { subgraphs: new Map() });
    const adopted = subgraphs.adopt(joinedSubgraphs(loaded.supergraph));
    try {
      path.update(next);
    } catch (error) {
      adopted.undo();
      throw error;
    }
    operations = operationsOf(loaded, nextPlanning, path.schema() ?? schema, subgraphs, configuration);
    replaced.abort();
    replaced = newSignal();
  }

  return {
    current: () => ({ operations, replaced: replaced.signal }),
    path,
    async adopt(next) {
      const [nextPlanning, loaded] = await openAndLoad(openPlanning, next);
      try {
        if (isClosed) throw new Error("the gateway stops");
        switchTo(next, loaded, nextPlanning);
      } catch (error) {
        await nextPlanning.close();
        throw error;
      }
      planning.retire();
      retired = [...retired.filter((each) => each.isBusy()), planning];
      planning = nextPlanning;
    },
    async close() {
      isClosed = true;
      await Promise.all([path.stop(), planning.close(), ...retired.map((each) => each.close())]);
    },
  };
}

/** @throws BadConfiguration with the reason in one sentence. */
function refuseFirst(error: unknown): never {
  if (error instanceof BadConfiguration) throw error;
  const reason = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ").slice(0, 500);
  throw new BadConfiguration(`The configuration does not work:\n  SUPERGRAPH: it cannot be planned for: ${reason}`);
}

/** Reads the supergraph on this thread while a planner thread does the same. @throws Error when it is not usable. */
async function openAndLoad(openPlanning: OpenPlanning, supergraphSdl: string): Promise<[Planning, LoadedSupergraph]> {
  const loading = async () => loadSupergraph(supergraphSdl);
  const [planning, loaded] = await Promise.allSettled([openPlanning(supergraphSdl), loading()]);
  if (planning.status === "rejected") throw planning.reason;
  if (loaded.status === "fulfilled") return [planning.value, loaded.value];
  await planning.value.close();
  throw loaded.reason;
}

function operationsOf(
  loaded: LoadedSupergraph,
  planning: Planning,
  schema: GraphQLSchema | undefined,
  subgraphs: Subgraphs,
  { limits, production, policies, overrideLabels }: PipelineConfiguration,
): Operations {
  const options = {
    ...{ subgraphs: subgraphs.current(), policies, activeLabels: overrideLabels },
    assumedListSize: limits.cost.assumedListSize,
  };
  const version = openVersion(loaded, planning, options, schema);
  return openOperations(version, {
    limits: limits.document,
    introspection: !production,
    hideSuggestions: production,
  });
}

/** Every open stream listens to the signal, so it has no limit of listeners. */
function newSignal(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
