import { operationFromDocument, Supergraph } from "@apollo/federation-internals";
import { type QueryPlan, QueryPlanner } from "@apollo/query-planner";
import { type DocumentNode, type GraphQLSchema, parse } from "graphql";
import { type Types, typesOf } from "../executor/types.ts";
import { type Costs, openCosts } from "../limits/cost/operation.ts";
import type { Rights } from "../rights/denial.ts";
import type { Policies } from "../rights/policies.ts";
import { rightsOf } from "../rights/rights.ts";
import type { Subgraph } from "../subgraphs/call.ts";

/** Where the planner's search ends: some operations over interface objects would take minutes and all memory. */
const PLANNER_BOUNDS = { maxEvaluatedPlans: 1_000, pathsLimit: 2_000 };

/** What is planned for: a supergraph without anybody to ask yet. */
export type Planning = {
  types: Types;
  /** @param document of one operation, valid. @throws Error for a fault of the planner. */
  plan(document: DocumentNode): QueryPlan;
  /** What clients see of the supergraph. */
  apiSchema(): GraphQLSchema;
};

/** One version of a supergraph: what was begun on it is finished on it. */
export type Version = Planning & {
  schema: GraphQLSchema;
  subgraphs: ReadonlyMap<string, Subgraph>;
  rights: Rights;
  costs: Costs;
};

/** @throws Error when the text is no supergraph that can be planned for; what is not `isChecked` by anybody else is here. */
export function openPlanning(supergraphSdl: string, { isChecked } = { isChecked: true }): Planning {
  const supergraph = Supergraph.build(supergraphSdl, { supportedFeatures: null, validateSupergraph: !isChecked });
  const planner = new QueryPlanner(supergraph, { debug: PLANNER_BOUNDS });
  const plannable = supergraph.apiSchema();
  return {
    types: typesOf(parse(supergraphSdl, { noLocation: true })),
    plan: (document) => planner.buildQueryPlan(operationFromDocument(plannable, document, { validate: false })),
    apiSchema: () => plannable.toGraphQLJSSchema(),
  };
}

/** What is beside the supergraph itself in a version. */
export type Surroundings = {
  subgraphs: ReadonlyMap<string, Subgraph>;
  policies?: Policies;
  assumedListSize?: number;
};

/** @param schema the API schema, made from the supergraph where nobody has made it yet. */
export function openVersion(
  supergraphSdl: string,
  { subgraphs, policies, assumedListSize = 10 }: Surroundings,
  planning: Planning = openPlanning(supergraphSdl),
  schema: GraphQLSchema = planning.apiSchema(),
): Version {
  const rights = rightsOf(supergraphSdl, schema, policies);
  return { ...planning, schema, subgraphs, rights, costs: openCosts(supergraphSdl, schema, assumedListSize) };
}
