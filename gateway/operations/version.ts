import { operationFromDocument, Supergraph } from "@apollo/federation-internals";
import { type QueryPlan, QueryPlanner } from "@apollo/query-planner";
import { type DocumentNode, type GraphQLSchema, parse } from "graphql";
import { type Types, typesOf } from "../executor/types.ts";
import type { Subgraph } from "../subgraphs/call.ts";

/** What is planned for: a supergraph without anybody to ask yet. */
export type Planning = {
  types: Types;
  plan(document: DocumentNode, operationName: string | undefined): QueryPlan;
  /** What clients see of the supergraph. */
  apiSchema(): GraphQLSchema;
};

/** One version of a supergraph: what was begun on it is finished on it. */
export type Version = Planning & { schema: GraphQLSchema; subgraphs: ReadonlyMap<string, Subgraph> };

/** @throws Error when the text is no supergraph that can be planned for; what is not `isChecked` by anybody else is here. */
export function openPlanning(supergraphSdl: string, { isChecked } = { isChecked: true }): Planning {
  const supergraph = Supergraph.build(supergraphSdl, { supportedFeatures: null, validateSupergraph: !isChecked });
  const planner = new QueryPlanner(supergraph);
  const plannable = supergraph.apiSchema();
  return {
    types: typesOf(parse(supergraphSdl, { noLocation: true })),
    plan(document, operationName) {
      const operation = operationFromDocument(
        plannable,
        document,
        operationName === undefined ? {} : { operationName },
      );
      return planner.buildQueryPlan(operation);
    },
    apiSchema: () => plannable.toGraphQLJSSchema(),
  };
}

export function openVersion(supergraphSdl: string, subgraphs: ReadonlyMap<string, Subgraph>): Version {
  const planning = openPlanning(supergraphSdl);
  return { ...planning, schema: planning.apiSchema(), subgraphs };
}
