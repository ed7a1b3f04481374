import type { QueryPlan } from "@apollo/query-planner";
import type { GraphQLResolveInfo } from "graphql";
import type { FaultMode } from "./fault-modes.ts";
import type { Federation } from "./federation.ts";
import { type FieldSource, fieldKey, fieldSourcesOf, pathOf, requiredPaths, stepsAlong } from "./field-sources.ts";
import { isA } from "./generated-data.ts";
import { needsType } from "./needs-type.ts";

/** Loss of a field's value: "error", or "silent-null" if a subgraph only omitted the field, which leaves a null. */
type Loss = "error" | "silent-null" | undefined;

/** Path of a field in the data: the keys of each field, and the type of its parent object (undefined: unknown). */
type FieldPath = readonly { keys: ReadonlySet<string>; typename: string | undefined }[];

/** Fields of a response whose values no executor can know while some subgraphs have faults. */
export type UnavailableFields = {
  field(info: GraphQLResolveInfo, args: Readonly<Record<string, unknown>>): Loss;
  /** True if the type of the object at this path is unknown. */
  typename(info: GraphQLResolveInfo, typename: string): boolean;
  /** True if the plan fetches one field under several names of which only some are lost: the executor chooses one of them. */
  isAmbiguous(): boolean;
};

type Search = {
  readonly federation: Federation;
  readonly sources: readonly FieldSource[];
  readonly faultModes: ReadonlyMap<string, FaultMode>;
  ambiguous: boolean;
};

/**
 * Fields that a plan fetches only from subgraphs with faults, and fields of fetches whose required values are unavailable.
 */
export function unavailableFields(
  federation: Federation,
  plan: QueryPlan,
  variables: Readonly<Record<string, unknown>>,
  faultModes: ReadonlyMap<string, FaultMode>,
): UnavailableFields {
  const search: Search = {
    ...{ federation, faultModes, ambiguous: false },
    sources: fieldSourcesOf(federation, plan, variables),
  };
  const known = new WeakMap<GraphQLResolveInfo["path"], FieldPath>();

  function fieldPath(path: GraphQLResolveInfo["path"] | undefined): FieldPath {
    if (!path) return [];
    return known.get(path) ?? fieldPath(path.prev);
  }

  return {
    isAmbiguous: () => search.ambiguous,
    field({ path, fieldName, parentType }, args) {
      const step = { keys: new Set([fieldKey(fieldName, args)]), typename: parentType.name };
      const own = [...fieldPath(path.prev), step];
      known.set(path, own);
      return lossAt(search, own);
    },
    typename(info, typename) {
      const path = [...fieldPath(info.path), { keys: new Set([fieldKey("__typename", {})]), typename }];
      const found = sourcesAt(search, path).filter(
        ({ fetch }) => !hidesConcreteType(federation, fetch.subgraph, typename),
      );
      return needsType(info) && found.length > 0 && found.every((each) => lossOf(search, each, path));
    },
  };
}

function sourcesAt({ sources, federation }: Search, path: FieldPath): FieldSource[] {
  return sources.filter(
    ({ steps }) =>
      steps.length === path.length &&
      steps.every(({ keys, on }, index) => {
        const step = path[index];
        return step !== undefined && isOn(federation, step.typename, on) && [...keys].some((key) => step.keys.has(key));
      }),
  );
}

function isOn({ full }: Federation, typename: string | undefined, on: readonly string[]): boolean {
  return typename === undefined || on.every((each) => isA(full, typename, each));
}

/**
 * @param before number of the fetch that requires the field: only earlier fetches can provide it
 * @param objectType set if the fetch requires that the object is known to have this type
 */
function lossAt(search: Search, path: FieldPath, before = Number.POSITIVE_INFINITY, objectType = ""): Loss {
  const isKnownBy = ({ fetch }: FieldSource) => !hidesConcreteType(search.federation, fetch.subgraph, objectType);
  const isTypename = path.at(-1)?.keys.has(fieldKey("__typename", {})) && objectType !== "";
  const earlier = sourcesAt(search, path).filter(
    (each) => each.fetch.number < before && (!isTypename || isKnownBy(each)),
  );
  const losses = earlier.map((source) => lossOf(search, source, path));
  if (disagree(earlier, losses)) search.ambiguous = true;
  if (losses.length === 0 || losses.includes(undefined)) return undefined;
  return worst(losses);
}

/** Loss because the fetch cannot be made for the object at this path, or because its response lacks the field. */
function lossOf(search: Search, source: FieldSource, path: FieldPath): Loss {
  const { fetch } = source;
  const typename = path[fetch.at.length]?.typename;
  const required = requiredPaths(fetch.node.requires ?? []).filter(
    ([first]) => first && isOn(search.federation, typename, first.on),
  );
  const losses = required.map((names) => {
    const steps = stepsAlong(
      search.sources,
      fetch.at,
      names.map(({ name }) => name),
    ).slice(fetch.at.length);
    const below = steps.map(({ keys }, index) => ({ keys, typename: index === 0 ? typename : undefined }));
    const needsObjectType = names.length === 1 && names[0]?.on.some((each) => each === typename);
    return lossAt(search, [...path.slice(0, fetch.at.length), ...below], fetch.number, needsObjectType ? typename : "");
  });
  return worst(losses) ?? faultOf(search, source);
}

function faultOf({ faultModes }: Search, { fetch, responseName, acceptsAnyValue }: FieldSource): Loss {
  const mode = faultModes.get(fetch.subgraph) ?? { kind: "healthy" };
  if (mode.kind === "unreachable" || mode.kind === "null-data" || mode.kind === "errors-only") return "error";
  const fault = mode.kind === "corrupted" && !responseName.startsWith("_") ? mode.fault(responseName) : undefined;
  return fault && (fault === "missing" || acceptsAnyValue ? "silent-null" : "error");
}

/** True if a field is lost under one of its names in the gathered data and available under another. */
function disagree(sources: readonly FieldSource[], losses: readonly Loss[]): boolean {
  const isLost = new Map<string, boolean>();
  for (const [index, source] of sources.entries()) {
    const path = pathOf(source);
    isLost.set(path, (isLost.get(path) ?? true) && losses[index] !== undefined);
  }
  return new Set(isLost.values()).size > 1;
}

function worst(losses: readonly Loss[]): Loss {
  if (losses.includes("error")) return "error";
  return losses.includes("silent-null") ? "silent-null" : undefined;
}

/** True if a subgraph knows objects of a type only by an interface that it declares with @interfaceObject. */
function hidesConcreteType({ rules, full }: Federation, subgraph: string, typename: string): boolean {
  const hidden = rules.subgraphs.get(subgraph)?.interfaceObjects ?? new Set();
  return [...hidden].some((each) => isA(full, typename, each));
}
