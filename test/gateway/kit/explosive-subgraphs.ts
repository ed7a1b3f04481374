import { composeServices } from "@apollo/composition";
import { parse } from "graphql";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires"])\n`;

/**
 * SDL of a subgraph with an interface whose shared field leads to a type without keys. A subgraph `c` alone resolves the field of one
 * implementation, so that the planner cannot take the field from the interface: it considers a plan for each combination of
 * subgraphs and implementations.
 */
export function explosiveSdl(name: string, types: number, key = ""): string {
  const implementation = (n: number) =>
    `type T${n} implements Unit @key(fields: "id") { id: ID! state: State @shareable }`;
  return `${LINK}type Query { ${name}: [Unit] hello: String @shareable greeting(of: Int): String @shareable }
    interface Unit { id: ID! state: State }
    ${Array.from({ length: types }, (_, n) => implementation(n)).join("\n")}
    type Last implements Unit @key(fields: "id") { id: ID! state: State @external ${name}: Int @requires(fields: "state { id }") }
    type State ${key} { id: ID! @shareable label: String @shareable open: Boolean @shareable ${name}only: String @shareable }`;
}

const lastSdl = (key: string) => `${LINK}type Last @key(fields: "id") { id: ID! state: State }
  type State ${key} { id: ID! @shareable label: String @shareable open: Boolean @shareable aonly: String @shareable bonly: String @shareable }`;

/** Supergraph of two such subgraphs and `c`. @param url of subgraph `a` @param key of State */
export function explosiveSupergraph(types: number, url = "http://127.0.0.1:1/graphql", key = ""): string {
  const sdl = { a: explosiveSdl("a", types, key), b: explosiveSdl("b", types, key), c: lastSdl(key) };
  const services = Object.entries(sdl).map(([name, text]) => ({ name, url, typeDefs: parse(text) }));
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(errors?.map((each) => each.message).join("\n"));
  return supergraphSdl;
}

/** Operations over it that are too expensive to plan, each of another shape. */
export const explosions = [
  "{ a { state { label aonly bonly } } }",
  "{ a { state { open aonly bonly } } }",
  "{ a { state { id aonly bonly } } }",
  "{ a { id state { label aonly bonly } } }",
  "{ a { id state { open aonly bonly } } }",
];
