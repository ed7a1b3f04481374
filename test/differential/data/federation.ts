import { composeServices } from "@apollo/composition";
import { Supergraph } from "@apollo/federation-internals";
import { type GraphQLSchema, parse } from "graphql";
import type { Size } from "../operations/operation.ts";
import { type Rules, rulesOf } from "./rules.ts";

/** A supergraph written for tests: its subgraphs' SDL by their names. */
export type Fixture = {
  name: string;
  subgraphs: Readonly<Record<string, string>>;
  /** Where it is not to be composed here. */
  supergraph?: string;
  /** How large operations are; smaller where each costs the planner much. */
  size?: Size;
};

/** A composed fixture: what clients see, what there is behind it, and each subgraph's part in it. */
export type Federation = {
  name: string;
  sdl: string;
  /** What clients see. */
  api: GraphQLSchema;
  /** The same with all that is inaccessible to clients. */
  full: GraphQLSchema;
  rules: Rules;
  size: Size;
};

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable",
  "@external", "@requires", "@provides", "@inaccessible", "@override", "@interfaceObject", "@tag"])\n`;

/** Composes a fixture. @throws with the composition's own words. */
export function federated(fixture: Fixture): Federation {
  const subgraphs = Object.entries(fixture.subgraphs).map(([name, text]) => ({
    name,
    url: `http://${name}.example/graphql`,
    typeDefs: parse(text.includes("specs.apollo.dev/federation") ? text : LINK + text, { noLocation: true }),
  }));
  const sdl = fixture.supergraph ?? composed(fixture.name, subgraphs);
  const supergraph = Supergraph.build(sdl, { supportedFeatures: null });
  const full = supergraph.schema.toGraphQLJSSchema();
  const api = supergraph.apiSchema().toGraphQLJSSchema();
  return {
    name: fixture.name,
    sdl,
    api,
    full,
    rules: rulesOf(subgraphs, full),
    size: fixture.size ?? { fields: 11, depth: 6 },
  };
}

function composed(name: string, subgraphs: Parameters<typeof composeServices>[0]): string {
  const { supergraphSdl, errors } = composeServices(subgraphs);
  if (!supergraphSdl) throw new Error(`${name}: ${errors?.map((each) => each.message).join("\n")}`);
  return supergraphSdl;
}
