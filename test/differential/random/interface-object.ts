import type { Random } from "../data/random-stream.ts";
import type { Entity } from "./random-supergraph.ts";
import type { SubgraphText } from "./subgraph-text.ts";

const NAME = "I1";
const KEY = '@key(fields: "id")';

/**
 * An interface with a key: one subgraph knows its entities, another one only the interface, with fields that all of them get.
 * @returns the entities
 */
export function addInterfaceObject(random: Random, subgraphs: readonly SubgraphText[]): Entity[] {
  const [home, elsewhere, third] = subgraphs;
  if (!home || !elsewhere) return [];
  const declared = home.type(NAME, "interface");
  declared.directives.push(KEY);
  declared.fields.set("id", ": ID!").set("label", ": String");
  const entities = ["J0", "J1"].map((name): Entity => {
    const known = third && random.chance(0.5) ? [home, third] : [home];
    for (const subgraph of known) {
      const { fields, directives } = subgraph.type(name);
      directives.push(KEY);
      fields.set("id", ": ID!");
    }
    const { fields, implements: interfaces } = home.type(name);
    interfaces.add(NAME);
    fields.set("label", ": String");
    return { name, keys: new Map(known.map((each) => [each, ["id"]])), fields: [] };
  });
  const { fields, directives } = elsewhere.type(NAME);
  directives.push("@interfaceObject", KEY);
  fields.set("id", ": ID!").set("note", "(x: Int): String").set("notes", ": [[Int]]").set("twin", `: ${NAME}`);
  if (random.chance(0.5)) {
    fields.set("label", ": String @external").set("labelled", ': String @requires(fields: "label")');
  }
  return entities;
}
