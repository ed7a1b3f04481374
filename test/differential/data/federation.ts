import { composeServices } from "@apollo/composition";
import { Supergraph } from "@apollo/federation-internals";
import { type GraphQLSchema, parse } from "graphql";
import type { Size } from "../operations/operation.ts";
import { type FederationRules, rulesOf } from "./federation-rules.ts";

/** A supergraph written for tests: its subgraphs' SDL by their names. */
export type Fixture = {
  name: string;
  subgraphs: Readonly<Record<string, string>>;
  /** Composed supergraph; composed from `subgraphs` by default. */
  supergraph?: string;
  /** Size of the operations; smaller if planning is expensive. */
  size?: Size;
};

/** Composed fixture: its public schema, its full schema, and the rules of its subgraphs. */
export type Federation = {
  name: string;
  sdl: string;
  /** Public schema. */
  api: GraphQLSchema;
  /** Schema with the inaccessible elements. */
  full: GraphQLSchema;
  rules: FederationRules;
  size: Size;
};

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable",
  "@external", "@requires", "@provides", "@inaccessible", "@override", "@interfaceObject", "@tag"])\n`;

/** Composes a fixture. @throws with the messages of the composition */
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
