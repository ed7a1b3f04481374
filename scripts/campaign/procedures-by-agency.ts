import "reflect-metadata"; // the definitions use type-graphql's decorators
import type { AnyProcedure } from "../../subgraphs/_shared/parts/procedure.ts";
import type { SubgraphDefinition } from "../../subgraphs/_shared/serving/subgraph.ts";
import { type SubgraphName, subgraphs } from "../../subgraphs/agency-registry.ts";

/** Procedures that each agency decides, by the agencies' own definitions; an agency without a procedure has no entry. */
export async function proceduresByAgency(): Promise<ReadonlyMap<SubgraphName, readonly AnyProcedure[]>> {
  const all = new Map<SubgraphName, readonly AnyProcedure[]>();
  for (const { name } of subgraphs) {
    // the desk's definition needs the running desk; it decides no part itself
    if (name === "one-stop") continue;
    const { definition } = (await import(`../../subgraphs/${name}/subgraph.ts`)) as {
      definition: SubgraphDefinition<unknown>;
    };
    if (definition.procedures && definition.procedures.length > 0) all.set(name, definition.procedures);
  }
  return all;
}
