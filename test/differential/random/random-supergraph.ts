import type { Fixture } from "../data/federation.ts";
import { hash, type Random, randomFrom } from "../data/random-stream.ts";
import { addAbstractTypes } from "./abstract-types.ts";
import { addBorrowedFields } from "./borrowed-fields.ts";
import { addInterfaceObject } from "./interface-object.ts";
import { SubgraphText } from "./subgraph-text.ts";

/** An entity with the subgraphs that know it. */
export type Entity = {
  name: string;
  /** Key of each subgraph that knows it, as field sets. */
  keys: ReadonlyMap<SubgraphText, readonly string[]>;
  /** Fields that clients see, with their text and the one subgraph that resolves them. */
  fields: { name: string; text: string; owner: SubgraphText; isLeaf: boolean; isShareable: boolean }[];
};

/** The parts of a random supergraph that its features are made of. */
export type Draft = { random: Random; subgraphs: readonly SubgraphText[]; entities: readonly Entity[] };

const LEAVES = ["String", "Int", "Float", "Boolean", "ID", "Mood"];
const KEY_FIELDS: Readonly<Record<string, string>> = { rank: ": Int!", place: ": Place!" };
const SIZE = { fields: 12, depth: 6 };

/**
 * The supergraph that a seed makes: entities with several keys or keys of several fields, shared and overridden fields, values,
 * interfaces, unions, @interfaceObject, @requires with arguments, @provides and nested lists. Not every one composes.
 */
export function randomSupergraph(seed: number): Fixture {
  const random = randomFrom(hash(`supergraph ${seed}`));
  const subgraphs = numbered(2 + random.below(3), (n) => new SubgraphText(`s${n}`));
  addValues(random, subgraphs);
  const entities = numbered(3 + random.below(3), (n) => entityOf(random, `E${n}`, subgraphs));
  if (random.chance(0.4)) entities.push(...addInterfaceObject(random, subgraphs));
  const draft = { random, subgraphs, entities };
  addAbstractTypes(draft);
  for (const entity of entities) addFields(draft, entity);
  addBorrowedFields(draft);
  for (const subgraph of subgraphs) addRootFields(draft, subgraph);
  const shared = random.pick(entities);
  for (const subgraph of shared.keys.keys()) subgraph.type("Query").fields.set("shared", `: ${shared.name} @shareable`);
  const texts = subgraphs.map((each) => [each.name, String(each)]);
  return { name: `random ${seed}`, subgraphs: Object.fromEntries(texts), size: SIZE };
}

export function numbered<T>(length: number, make: (n: number) => T): T[] {
  return Array.from({ length }, (_, n) => make(n));
}

export function some<T>(random: Random, from: readonly T[], least: number): T[] {
  const left = [...from];
  const count = Math.min(left.length, least + random.below(Math.max(1, left.length - least + 1)));
  return numbered(count, () => left.splice(random.below(left.length), 1)).flat();
}

/** Types without keys. All their fields are shared. */
function addValues(random: Random, subgraphs: readonly SubgraphText[]): void {
  for (const name of ["V0", "V1"]) {
    const known = some(random, subgraphs, 1);
    const leaves = numbered(2 + random.below(2), (n) => [`${name.toLowerCase()}${n}`, leafText(random)] as const);
    for (const subgraph of known) {
      const { fields } = subgraph.type(name);
      for (const [field, text] of leaves) fields.set(field, `${text} @shareable`);
    }
  }
}

function entityOf(random: Random, name: string, subgraphs: readonly SubgraphText[]): Entity {
  const known = some(random, subgraphs, Math.min(2, subgraphs.length));
  const kind = random.below(5);
  const keys = new Map(known.map((subgraph, at) => [subgraph, keysOf(random, kind, at)]));
  for (const [subgraph, sets] of keys) {
    const { fields, directives } = subgraph.type(name);
    if (kind === 2 && sets.length === 1 && random.chance(0.3)) {
      directives.push(`@key(fields: "${sets[0] === "id" ? "code" : "id"}", resolvable: false)`);
      fields.set("id", ": ID!").set("code", ": ID!");
    }
    for (const set of sets) {
      directives.push(`@key(fields: "${set}")`);
      for (const field of set.match(/\w+/g) ?? []) if (field !== "zip") fields.set(field, KEY_FIELDS[field] ?? ": ID!");
    }
    if (kind === 4) subgraph.type("Place").fields.set("zip", ": ID! @shareable");
  }
  addReferences(random, name, keys, subgraphs);
  return { name, keys, fields: [] };
}

/** A subgraph that only refers to the entity. */
function addReferences(random: Random, name: string, keys: Entity["keys"], subgraphs: readonly SubgraphText[]): void {
  const [[set] = []] = [...keys.values()];
  for (const subgraph of subgraphs) {
    if (keys.has(subgraph) || set !== "id" || random.chance(0.5)) continue;
    const { fields, directives } = subgraph.type(name);
    directives.push(`@key(fields: "id", resolvable: false)`);
    fields.set("id", ": ID!");
  }
}

/** The first subgraph has every key of its entity, so that all others are reached through it. */
function keysOf(random: Random, kind: number, at: number): string[] {
  if (kind === 0) return ["id"];
  if (kind === 1) return ["id rank"];
  if (kind === 4) return ["id place { zip }"];
  if (kind === 2) return at === 0 ? ["id", "code"] : random.pick([["id"], ["code"], ["code", "id"]]);
  return at === 0 ? ["id", "id rank"] : random.pick([["id"], ["id rank"]]);
}

function addFields({ random, entities }: Draft, entity: Entity): void {
  const known = [...entity.keys.keys()];
  for (const name of numbered(3 + random.below(4), (n) => `${entity.name.toLowerCase()}f${n}`)) {
    const owner = random.pick(known);
    const isLeaf = random.chance(0.5);
    const text = isLeaf ? argumentsText(random) + leafText(random) : objectText(random, owner, entities);
    const others = known.filter((each) => each !== owner && canReturn(each, text));
    const isShareable = others.length > 0 && random.chance(0.3);
    const overridden = !isShareable && others.length > 0 && random.chance(0.15) ? random.pick(others) : undefined;
    const directive = isShareable ? " @shareable" : overridden ? ` @override(from: "${overridden.name}")` : "";
    owner.type(entity.name).fields.set(name, text + directive);
    if (isShareable)
      for (const each of some(random, others, 1)) each.type(entity.name).fields.set(name, text + directive);
    overridden?.type(entity.name).fields.set(name, text);
    if (!overridden) entity.fields.push({ name, text, owner, isLeaf, isShareable });
  }
}

function canReturn(subgraph: SubgraphText, text: string): boolean {
  const name = /(\w+)[\]!]*$/.exec(text)?.[1] ?? "";
  return LEAVES.includes(name) || subgraph.has(name);
}

function addRootFields({ random, entities }: Draft, subgraph: SubgraphText): void {
  const { fields } = subgraph.type("Query");
  for (const n of numbered(2 + random.below(2), (each) => each)) {
    fields.set(`${subgraph.name}q${n}`, objectText(random, subgraph, entities));
  }
}

function leafText(random: Random): string {
  return `: ${wrapped(random, random.pick(LEAVES), 0.2)}`;
}

/** A field that returns an object type, an interface or a union that the subgraph knows. */
function objectText(random: Random, subgraph: SubgraphText, entities: readonly Entity[]): string {
  const known = [...subgraph.types.keys(), ...subgraph.unions.keys()].filter((each) => each !== "Query");
  const own = entities.filter(({ keys }) => keys.has(subgraph)).map(({ name }) => name);
  const name = random.pick(known.length > 0 ? [...known, ...own] : LEAVES);
  return `${argumentsText(random)}: ${wrapped(random, name, 0.45)}`;
}

function argumentsText(random: Random): string {
  if (random.chance(0.75)) return "";
  return random.pick(["(x: Int)", "(x: Int = 3, mood: Mood)", "(names: [String!])"]);
}

/** Most types are nullable, so that an error of one place does not cost the whole response. */
function wrapped(random: Random, name: string, listChance: number): string {
  const inner = random.chance(0.15) ? `${name}!` : name;
  if (!random.chance(listChance)) return inner;
  const list = `[${inner}]`;
  return random.chance(0.25) ? `[${list}]` : list;
}
