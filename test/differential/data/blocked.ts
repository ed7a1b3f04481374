import type { QueryPlan } from "@apollo/query-planner";
import type { GraphQLResolveInfo } from "graphql";
import type { Federation } from "./federation.ts";
import type { Mood } from "./moods.ts";
import { needsType } from "./needs-type.ts";
import { fieldKey, neededWays, type Origin, originsOf, pathOf, stepsOf } from "./origins.ts";
import { isA } from "./truth.ts";

/** Why a field cannot be told; "silent" where only null is left because a subgraph did not send what it was asked for. */
type Loss = "lost" | "silent" | undefined;

/** A place of the truth: what each field on the way is, and the type of the object it is a field of (undefined: not known). */
type Place = readonly { keys: ReadonlySet<string>; typename: string | undefined }[];

/** Which places of an answer nobody can tell. */
export type Blocked = {
  field(info: GraphQLResolveInfo, args: Readonly<Record<string, unknown>>): Loss;
  /** True if it is unknown of which type the object at this place is. */
  typename(info: GraphQLResolveInfo, typename: string): boolean;
  /** True if one field stands in the plan under several names with different fates: which a client sees, only the executor knows. */
  isUndecided(): boolean;
};

/**
 * What cannot be told when some subgraphs are out of order: the fields that the plan fetches from them alone, and those of
 * fetches that would have to be sent what is missing.
 */
export function blockedBy(
  federation: Federation,
  plan: QueryPlan,
  variables: Readonly<Record<string, unknown>>,
  moods: ReadonlyMap<string, Mood>,
): Blocked {
  const origins = originsOf(federation, plan, variables);
  let undecided = false;
  const places = new WeakMap<GraphQLResolveInfo["path"], Place>();

  function matching(place: Place): Origin[] {
    return origins.filter(
      ({ steps }) =>
        steps.length === place.length &&
        steps.every(({ keys, on }, index) => {
          const step = place[index];
          return step !== undefined && isOn(step.typename, on) && [...keys].some((key) => step.keys.has(key));
        }),
    );
  }

  function isOn(typename: string | undefined, on: readonly string[]): boolean {
    return typename === undefined || on.every((each) => isA(federation.full, typename, each));
  }

  /** @param before only fetches that come before this one count: it is what it needs. */
  function lossAt(place: Place, before = Number.POSITIVE_INFINITY): Loss {
    const earlier = matching(place).filter(({ fetch }) => fetch.number < before);
    const losses = earlier.map((origin) => lossOf(origin, place));
    if (areAtOdds(earlier, losses)) undecided = true;
    if (losses.length === 0 || losses.includes(undefined)) return undefined;
    return worst(losses);
  }

  /** Why the fetch does not come about for the object on this way, or its answer does not hold the field. */
  function lossOf({ fetch, asked, mayBeAnything }: Origin, place: Place): Loss {
    const typename = place[fetch.at.length]?.typename;
    const ways = neededWays(fetch.node.requires ?? []).filter(([first]) => first && isOn(typename, first.on));
    const needs = ways.map((way) => {
      const names = way.map(({ name }) => name);
      const steps = stepsOf(origins, fetch.at, names).slice(fetch.at.length);
      const below = steps.map(({ keys }, index) => ({ keys, typename: index === 0 ? typename : undefined }));
      return lossAt([...place.slice(0, fetch.at.length), ...below], fetch.number);
    });
    return worst(needs) ?? faultOf(fetch.subgraph, asked, mayBeAnything);
  }

  function faultOf(subgraph: string, asked: string, mayBeAnything: boolean): Loss {
    const mood = moods.get(subgraph) ?? { kind: "well" };
    if (mood.kind === "dead" || mood.kind === "mute" || mood.kind === "failing") return "lost";
    const fault = mood.kind === "spoiled" && !asked.startsWith("_") ? mood.fault(asked) : undefined;
    return fault && (fault === "missing" || mayBeAnything ? "silent" : "lost");
  }

  function placeOf(path: GraphQLResolveInfo["path"] | undefined): Place {
    if (!path) return [];
    return places.get(path) ?? placeOf(path.prev);
  }

  return {
    isUndecided: () => undecided,
    field({ path, fieldName, parentType }, args) {
      const step = { keys: new Set([fieldKey(fieldName, args)]), typename: parentType.name };
      const place = [...placeOf(path.prev), step];
      places.set(path, place);
      return lossAt(place);
    },
    typename(info, typename) {
      const place = [...placeOf(info.path), { keys: new Set([fieldKey("__typename", {})]), typename }];
      const found = matching(place).filter(({ fetch }) => !hidesTypes(federation, fetch.subgraph, typename));
      return needsType(info) && found.length > 0 && found.every((each) => lossOf(each, place));
    },
  };
}

function areAtOdds(origins: readonly Origin[], losses: readonly Loss[]): boolean {
  const fates = new Map<string, boolean>();
  for (const [index, origin] of origins.entries()) {
    const path = pathOf(origin);
    fates.set(path, (fates.get(path) ?? true) && losses[index] !== undefined);
  }
  return new Set(fates.values()).size > 1;
}

function worst(losses: readonly Loss[]): Loss {
  if (losses.includes("lost")) return "lost";
  return losses.includes("silent") ? "silent" : undefined;
}

/** True if a subgraph knows objects of a type only as one thing with others. */
function hidesTypes({ rules, full }: Federation, subgraph: string, typename: string): boolean {
  const hidden = rules.parts.get(subgraph)?.interfaceObjects ?? new Set();
  return [...hidden].some((each) => isA(full, typename, each));
}
