import {
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getArgumentValues,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from "graphql";
import { canonical } from "./canonical.ts";
import type { Federation } from "./federation.ts";
import { leafOf } from "./leaves.ts";
import { hash } from "./random.ts";

/** An object of the data. Its fields follow from its id alone; `sent` is what came with it to a subgraph. */
export type Thing = { __typename: string; id: string; sent?: Record<string, unknown> };

/** How often something is missing, and how often a resolver fails. */
export type Noise = { nulls: number; errors: number };

/** All data of one test: what is not in the `changes` follows from the salt. */
export type World = { federation: Federation; salt: string; noise: Noise; changes: string[] };

/** Entities of one type that there are. */
const POPULATION = 4;

/** The entities of a type. */
export function population(type: string): Thing[] {
  return Array.from({ length: POPULATION }, (_, index) => ({ __typename: type, id: `${type}#${index}` }));
}

export const definitionOf = (schema: GraphQLSchema, type: string, field: string): GraphQLField<unknown, unknown> => {
  const holder = schema.getType(type);
  const found = isObjectType(holder) || isInterfaceType(holder) ? holder.getFields()[field] : undefined;
  if (!found) throw new Error(`there is no ${type}.${field}`);
  return found;
};

/** The object that the fields of a root type hang on. */
export function rootThing(type: string): Thing {
  return { __typename: type, id: type };
}

/** What a root field of a mutation does: it is remembered, in its order. Gives the object its result hangs on. */
export function change(world: World, field: string, args: unknown): Thing {
  world.changes.push(`${field}${canonical(args)}`);
  return { __typename: "Mutation", id: `Mutation@${hash(world.changes.join())}` };
}

/**
 * The value of a field, from the object, the arguments and what the field requires. @throws where the data have an error.
 */
export function fieldValue(
  world: World,
  thing: Thing,
  type: string,
  field: string,
  args: unknown,
  needed = "",
): unknown {
  const { rules, full } = world.federation;
  const coordinate = `${type}.${field}`;
  const definition = definitionOf(full, type, field);
  if (rules.keyFields.has(coordinate)) return keyValue(world, thing, type, definition);
  const seed = `${thing.id}.${field}${definition.args.length > 0 ? canonical(args) : ""}${needed}`;
  const noise = rules.steady.has(coordinate) ? { nulls: world.noise.nulls, errors: 0 } : world.noise;
  const made = make(world, definition.type, bounded(seed), rules.choices(type, field), noise, true);
  if (made instanceof Error) throw made;
  return made;
}

function make(
  world: World,
  type: GraphQLOutputType,
  seed: string,
  choices: readonly string[],
  noise: Noise,
  isField = false,
): unknown {
  const strict = isNonNullType(type);
  const inner = strict ? type.ofType : type;
  const roll = hash(`${world.salt}|${seed}`) / 0x1_0000_0000;
  if (roll < noise.errors / (isField ? 1 : 3)) {
    return strict && roll < noise.errors / 6 ? null : new Error("the register is closed");
  }
  if (!strict && roll > 1 - noise.nulls) return null;
  if (isListType(inner)) {
    const length = hash(`${world.salt}|${seed}|length`) % 4;
    return Array.from({ length }, (_, index) => make(world, inner.ofType, `${seed}/${index}`, choices, noise));
  }
  if (isLeafType(inner)) return leafOf(inner, `${world.salt}|${seed}`, choices);
  const bits = hash(`${world.salt}|${seed}|type`);
  const typename = choices[bits % choices.length];
  if (typename === undefined) throw new Error(`no subgraph can say what ${inner.name} is`);
  const entity = world.federation.rules.entities.has(typename);
  return { __typename: typename, id: entity ? `${typename}#${(bits >>> 8) % POPULATION}` : `${typename}~${seed}` };
}

/** Values of keys are unique; an entity within a key is the one with the same number. */
function keyValue(world: World, thing: Thing, type: string, { name, type: declared }: GraphQLField<unknown, unknown>) {
  const inner = isNonNullType(declared) ? declared.ofType : declared;
  if (isLeafType(inner)) {
    return inner.name === "Int" ? hash(`${name}${thing.id}`) >>> 1 : `${name} of ${thing.id}`;
  }
  const [typename = ""] = world.federation.rules.choices(type, name);
  const number = thing.id.split("#")[1];
  const entity = number !== undefined && world.federation.rules.entities.has(typename);
  return { __typename: typename, id: entity ? `${typename}#${number}` : `${typename}~${thing.id}.${name}` };
}

/** What a set of fields is in the data, in the order of the set. */
export function trueOf(world: World, thing: Thing, set: SelectionSetNode, type = thing.__typename): unknown {
  const { full } = world.federation;
  return set.selections.flatMap((selection): unknown[] => {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const on = selection.typeCondition?.name.value;
      return on === undefined || isA(full, thing.__typename, on) ? [trueOf(world, thing, selection.selectionSet)] : [];
    }
    if (selection.kind !== Kind.FIELD || selection.name.value === "__typename") return [];
    const field = selection.name.value;
    const args = getArgumentValues(definitionOf(full, type, field), selection);
    const value = fieldValue(world, thing, type, field, args, neededBy(world, thing, type, field));
    return [selection.selectionSet ? projected(world, value, selection.selectionSet) : value];
  });
}

/** What a field requires, as text; empty when it requires nothing. */
export function neededBy(world: World, thing: Thing, type: string, field: string): string {
  const set = world.federation.rules.requires.get(`${type}.${field}`);
  return set ? JSON.stringify(trueOf(world, thing, set)) : "";
}

function projected(world: World, value: unknown, set: SelectionSetNode): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((each) => projected(world, each, set));
  return trueOf(world, value as Thing, set); // a field with a selection set is an object
}

/** True if an object type is, or is one of, another type. */
export function isA(schema: GraphQLSchema, typename: string, name: string): boolean {
  const [wide, narrow] = [schema.getType(name), schema.getType(typename)];
  return typename === name || (isAbstractType(wide) && isObjectType(narrow) && schema.isSubType(wide, narrow));
}

function bounded(seed: string): string {
  return seed.length < 80 ? seed : `${hash(seed).toString(36)}${hash(`2${seed}`).toString(36)}`;
}
