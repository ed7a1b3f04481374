import { DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES, operationFromDocument, Supergraph } from "@apollo/federation-internals";
import { type QueryPlan, QueryPlanner } from "@apollo/query-planner";
import { type DocumentNode, type GraphQLSchema, parse } from "graphql";
import { type SchemaTypes, schemaTypes } from "../executor/schema-types.ts";
import type { Subgraph } from "../subgraph-client/subgraph-request.ts";
import { oneByteNames } from "../supergraph/one-byte-names.ts";
import { plannableSupergraph } from "../supergraph/plannable-supergraph.ts";
import { authSpecifications } from "../supergraph/security-directives.ts";
import { authorizationOf } from "./authorization/authorization.ts";
import type { Authorization } from "./authorization/decision.ts";
import type { Policies } from "./authorization/policies.ts";
import { type Costs, openCosts } from "./limits/cost/operation-cost.ts";
import { preferInterfaceFields } from "./planning/interface-fields.ts";

/** Bounds of the planner's search: some operations over interface objects would take minutes and all memory. */
const PLANNER_BOUNDS = { maxEvaluatedPlans: 1_000, pathsLimit: 2_000 };

/** Planner of a supergraph, without connections to its subgraphs. */
export type SupergraphPlanner = {
  /** Keeps the names of the schema in V8's table of strings; see `oneByteNames`. */
  names: object;
  /** Parsed once for all readers. */
  supergraph: DocumentNode;
  types: SchemaTypes;
  /** @param document of one operation, valid. @throws Error for a fault of the planner. */
  plan(document: DocumentNode): QueryPlan;
  /** Schema for clients. */
  apiSchema(): GraphQLSchema;
};

/** One version of a supergraph. A request finishes on the version on which it started. */
export type SupergraphVersion = SupergraphPlanner & {
  schema: GraphQLSchema;
  subgraphs: ReadonlyMap<string, Subgraph>;
  authorization: Authorization;
  costs: Costs;
};

/** @throws Error when the text is no valid supergraph, or requires a feature that the gateway does not support. */
export function openPlanner(supergraphSdl: string): SupergraphPlanner {
  const names = oneByteNames(supergraphSdl); // before any other code reads the names
  const supergraph = parse(supergraphSdl, { noLocation: true });
  const supportedFeatures = new Set([...DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES, ...authSpecifications(supergraph)]);
  const { document: plannable, restore } = plannableSupergraph(supergraph);
  const checked = Supergraph.build(plannable, { supportedFeatures });
  preferInterfaceFields(checked.subgraphs());
  const planner = new QueryPlanner(checked, { debug: PLANNER_BOUNDS });
  const api = checked.apiSchema();
  return {
    names,
    supergraph,
    types: schemaTypes(supergraph),
    plan: (document) => restore(planner.buildQueryPlan(operationFromDocument(api, document, { validate: false }))),
    apiSchema: () => api.toGraphQLJSSchema(),
  };
}

/** Parts of a version that do not come from the supergraph. */
export type VersionOptions = {
  subgraphs: ReadonlyMap<string, Subgraph>;
  policies?: Policies;
  assumedListSize?: number;
};

/** @param schema the API schema, by default built from the supergraph. */
export function openVersion(
  planning: SupergraphPlanner,
  { subgraphs, policies, assumedListSize = 10 }: VersionOptions,
  schema: GraphQLSchema = planning.apiSchema(),
): SupergraphVersion {
  const { supergraph } = planning;
  const rights = authorizationOf(supergraph, schema, policies);
  return {
    ...planning,
    schema,
    subgraphs,
    authorization: rights,
    costs: openCosts(supergraph, schema, assumedListSize),
  };
}
