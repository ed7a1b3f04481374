import type { SubgraphDefinition } from "./_shared/serving/subgraph.ts";
import type { SubgraphName } from "./agency-registry.ts";

/** Loads the definition of an agency of the list. @throws if the folder holds the definition of another one, as a copy does */
export async function loadDefinition(name: SubgraphName): Promise<SubgraphDefinition<unknown>> {
  const { definition } = (await import(`./${name}/subgraph.ts`)) as { definition: SubgraphDefinition<unknown> };
  if (definition.name === name) return definition;
  throw new Error(
    `subgraphs/${name}/subgraph.ts defines the subgraph ${definition.name}; its name must be that of its folder`,
  );
}
