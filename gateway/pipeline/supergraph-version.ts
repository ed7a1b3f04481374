import { buildSchema, type DocumentNode, type GraphQLSchema, parse } from "graphql";
import { restoreDefaultValues } from "../executor/default-values.ts";
import { type SchemaTypes, schemaTypes } from "../executor/schema-types.ts";
import type { Subgraph } from "../subgraph-client/subgraph-request.ts";
import { describeSchema } from "../supergraph/graph-description.ts";
import { oneByteNames } from "../supergraph/one-byte-names.ts";
import { overrideLabels } from "../supergraph/override-labels.ts";
import { authorizationOf } from "./authorization/authorization.ts";
import type { Authorization } from "./authorization/decision.ts";
import type { Policies } from "./authorization/policies.ts";
import { type Costs, openCosts } from "./limits/cost/operation-cost.ts";
import { type DecideOverrides, overrideDecisions } from "./planning/override-conditions.ts";
import type { Plan, Planning } from "./planning/planned.ts";

/** A supergraph as the request thread reads it, without connections to its subgraphs. */
export type LoadedSupergraph = {
  /** Keeps the names of the schema in V8's table of strings; see `oneByteNames`. */
  names: object;
  /** Parsed once for all readers. */
  supergraph: DocumentNode;
  types: SchemaTypes;
};

/** One version of a supergraph. A request finishes on the version on which it started. */
export type SupergraphVersion = LoadedSupergraph & {
  plan: Plan;
  /** Schema for clients. */
  schema: GraphQLSchema;
  subgraphs: ReadonlyMap<string, Subgraph>;
  authorization: Authorization;
  costs: Costs;
  /** Undefined for a graph without progressive overrides. */
  overrides: DecideOverrides | undefined;
};

/** @throws Error when the text does not parse. */
export function loadSupergraph(supergraphSdl: string): LoadedSupergraph {
  const names = oneByteNames(supergraphSdl); // before any other code reads the names
  const supergraph = parse(supergraphSdl, { noLocation: true });
  return { names, supergraph, types: schemaTypes(supergraph) };
}

/** Parts of a version that do not come from the supergraph. */
export type VersionOptions = {
  subgraphs: ReadonlyMap<string, Subgraph>;
  policies?: Policies;
  /** Active labels of progressive overrides. */
  activeLabels?: ReadonlySet<string>;
  assumedListSize?: number;
};

/** @param schema the API schema, by default built from its SDL. */
export function openVersion(
  loaded: LoadedSupergraph,
  { plan, apiSdl }: Pick<Planning, "plan" | "apiSdl">,
  { subgraphs, policies, activeLabels = new Set(), assumedListSize = 10 }: VersionOptions,
  schema: GraphQLSchema = restoreDefaultValues(buildSchema(apiSdl, { noLocation: true }), loaded.supergraph),
): SupergraphVersion {
  const { supergraph } = loaded;
  const rights = authorizationOf(supergraph, schema, policies);
  return {
    ...loaded,
    plan,
    schema: describeSchema(schema, supergraph),
    subgraphs,
    authorization: rights,
    costs: openCosts(supergraph, schema, assumedListSize),
    overrides: overrideDecisions(overrideLabels(supergraph), activeLabels),
  };
}
