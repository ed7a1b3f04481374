import type { QueryPlan } from "@apollo/query-planner";
import type { Fault } from "./corrupt-data.ts";
import type { FaultMode } from "./fault-modes.ts";
import type { Federation } from "./federation.ts";
import { type FieldSource, fieldSourcesOf, requiredPaths } from "./field-sources.ts";
import type { Random } from "./random-stream.ts";

/** Chooses fault modes for some of the subgraphs that a plan fetches from. */
export function chooseFaultModes(
  federation: Federation,
  plan: QueryPlan,
  variables: Readonly<Record<string, unknown>>,
  random: Random,
): Map<string, FaultMode> {
  const sources = fieldSourcesOf(federation, plan, variables);
  const responseName = [...new Set(sources.map(({ fetch }) => fetch.subgraph))];
  const faultModes = new Map<string, FaultMode>();
  for (const name of responseName) {
    if (
      faultModes.size === 0
        ? random.chance(1 / responseName.length) || name === responseName.at(-1)
        : random.chance(0.2)
    ) {
      faultModes.set(name, chooseFaultMode(federation, name, sources, random));
    }
  }
  return faultModes;
}

function chooseFaultMode(
  federation: Federation,
  subgraph: string,
  sources: readonly FieldSource[],
  random: Random,
): FaultMode {
  const kind = random.pick([
    "unreachable",
    "unreachable",
    "null-data",
    "errors-only",
    "extra-data",
    "corrupted",
    "corrupted",
    "corrupted",
  ] as const);
  if (kind !== "corrupted") return { kind };
  const faults = new Map<string, Fault>();
  for (const name of corruptibleNames(subgraph, sources)) {
    if (!random.chance(0.3)) continue;
    // A wrong value of a required field would be sent to other subgraphs, with unpredictable results.
    const field = name.replace(/__requirement_\d+$/, ""); // alias of a requirement with arguments
    const isNeeded = [...federation.rules.requiredByOthers].some((coordinate) => coordinate.endsWith(`.${field}`));
    faults.set(name, isNeeded || random.chance(0.4) ? "missing" : "wrong");
  }
  return { kind, fault: (name) => faults.get(name) };
}

/** Names of fields that no other fetch provides at the same path, where its right value could hide the wrong one. */
function corruptibleNames(subgraph: string, sources: readonly FieldSource[]): Set<string> {
  const providers = new Map<string, Set<string>>();
  const pathKey = ({ steps }: FieldSource) => steps.map(({ keys }) => [...keys].sort().join()).join("/");
  for (const source of sources) {
    const { fetch, responseName } = source;
    providers.set(
      pathKey(source),
      (providers.get(pathKey(source)) ?? new Set()).add(`${fetch.number} ${responseName}`),
    );
  }
  const names = new Set<string>();
  const excluded = new Set<string>();
  for (const source of sources) {
    if (source.fetch.subgraph !== subgraph || source.responseName.startsWith("_")) continue;
    const isMutation = source.fetch.node.operationKind === "mutation" && source.steps.length === 1;
    const isShared = (providers.get(pathKey(source))?.size ?? 0) > 1;
    (isMutation || isShared ? excluded : names).add(source.responseName);
  }
  for (const { fetch } of sources) {
    for (const [, ...below] of requiredPaths(fetch.node.requires ?? [])) {
      for (const { name } of below) excluded.add(name); // the data decide whether they are required: a null, a type, a list
    }
  }
  for (const name of excluded) names.delete(name);
  return names;
}
