import type { QueryPlan } from "@apollo/query-planner";
import type { Federation } from "./federation.ts";
import type { Mood } from "./moods.ts";
import { neededWays, type Origin, originsOf } from "./origins.ts";
import type { Random } from "./random.ts";
import type { Fault } from "./spoiled.ts";

/** Puts some of the subgraphs that a plan asks into bad moods. */
export function chosenMoods(
  federation: Federation,
  plan: QueryPlan,
  variables: Readonly<Record<string, unknown>>,
  random: Random,
): Map<string, Mood> {
  const origins = originsOf(federation, plan, variables);
  const asked = [...new Set(origins.map(({ fetch }) => fetch.subgraph))];
  const moods = new Map<string, Mood>();
  for (const name of asked) {
    if (moods.size === 0 ? random.chance(1 / asked.length) || name === asked.at(-1) : random.chance(0.2)) {
      moods.set(name, mood(federation, name, origins, random));
    }
  }
  return moods;
}

function mood(federation: Federation, subgraph: string, origins: readonly Origin[], random: Random): Mood {
  const kind = random.pick(["dead", "dead", "mute", "failing", "chatty", "spoiled", "spoiled", "spoiled"] as const);
  if (kind !== "spoiled") return { kind };
  const faults = new Map<string, Fault>();
  for (const name of spoilable(subgraph, origins)) {
    if (!random.chance(0.3)) continue;
    // A wrong value that others need would be sent on to them, and what they make of it nobody can foresee.
    const field = name.replace(/__requirement_\d+$/, ""); // alias of a requirement with arguments
    const isNeeded = [...federation.rules.steady].some((coordinate) => coordinate.endsWith(`.${field}`));
    faults.set(name, isNeeded || random.chance(0.4) ? "missing" : "wrong");
  }
  return { kind, fault: (name) => faults.get(name) };
}

/** Names of fields that nobody else brings to the same place, where the right value might hide the wrong one. */
function spoilable(subgraph: string, origins: readonly Origin[]): Set<string> {
  const bringers = new Map<string, Set<string>>();
  const placeOf = ({ steps }: Origin) => steps.map(({ keys }) => [...keys].sort().join()).join("/");
  for (const origin of origins) {
    const { fetch, asked } = origin;
    bringers.set(placeOf(origin), (bringers.get(placeOf(origin)) ?? new Set()).add(`${fetch.number} ${asked}`));
  }
  const names = new Set<string>();
  const unfit = new Set<string>();
  for (const origin of origins) {
    if (origin.fetch.subgraph !== subgraph || origin.asked.startsWith("_")) continue;
    const isMutation = origin.fetch.node.operationKind === "mutation" && origin.steps.length === 1;
    const isShared = (bringers.get(placeOf(origin))?.size ?? 0) > 1;
    (isMutation || isShared ? unfit : names).add(origin.asked);
  }
  for (const { fetch } of origins) {
    for (const [, ...below] of neededWays(fetch.node.requires ?? [])) {
      for (const { name } of below) unfit.add(name); // whether they are needed at all, data decide: a null, a type, a list
    }
  }
  for (const name of unfit) names.delete(name);
  return names;
}
