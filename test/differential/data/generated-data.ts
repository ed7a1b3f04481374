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
import { hash } from "./random-stream.ts";

/** Object of the generated data. Its id determines its fields; `sent` is the representation by which a subgraph got it. */
export type DataObject = { __typename: string; id: string; sent?: Record<string, unknown> };

/** Probabilities of a null and of a failing resolver. */
export type Noise = { nulls: number; errors: number };

/** All data of one test, determined by the salt and by the mutations in `changes`. */
export type TestData = { federation: Federation; salt: string; noise: Noise; changes: string[] };

/** Number of entities of one type. */
const POPULATION = 4;

/** Entities of a type. */
export function entitiesOf(type: string): DataObject[] {
  return Array.from({ length: POPULATION }, (_, index) => ({ __typename: type, id: `${type}#${index}` }));
}

export const definitionOf = (schema: GraphQLSchema, type: string, field: string): GraphQLField<unknown, unknown> => {
  const holder = schema.getType(type);
  const found = isObjectType(holder) || isInterfaceType(holder) ? holder.getFields()[field] : undefined;
  if (!found) throw new Error(`there is no ${type}.${field}`);
  return found;
};

/** Parent object of the fields of a root type. */
export function rootObject(type: string): DataObject {
  return { __typename: type, id: type };
}

/** Applies a root field of a mutation: records it in order. @returns the object that determines the field's result */
export function applyMutation(world: TestData, field: string, args: unknown): DataObject {
  world.changes.push(`${field}${canonical(args)}`);
  return { __typename: "Mutation", id: `Mutation@${hash(world.changes.join())}` };
}

/**
 * Value of a field, determined by the object, the arguments and the required values. @throws if the data have an error there
 */
export function fieldValue(
  world: TestData,
  thing: DataObject,
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
  const noise = rules.requiredByOthers.has(coordinate) ? { nulls: world.noise.nulls, errors: 0 } : world.noise;
  const made = generate(world, definition.type, bounded(seed), rules.possibleNames(type, field), noise, true);
  if (made instanceof Error) throw made;
  return made;
}

function generate(
  world: TestData,
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
    return Array.from({ length }, (_, index) => generate(world, inner.ofType, `${seed}/${index}`, choices, noise));
  }
  if (isLeafType(inner)) return leafOf(inner, `${world.salt}|${seed}`, choices);
  const bits = hash(`${world.salt}|${seed}|type`);
  const typename = choices[bits % choices.length];
  if (typename === undefined) throw new Error(`no subgraph can say what ${inner.name} is`);
  const entity = world.federation.rules.entities.has(typename);
  return { __typename: typename, id: entity ? `${typename}#${(bits >>> 8) % POPULATION}` : `${typename}~${seed}` };
}

/** Value of a key field: unique; an entity within a key has the same number as its parent. */
function keyValue(
  world: TestData,
  thing: DataObject,
  type: string,
  { name, type: declared }: GraphQLField<unknown, unknown>,
) {
  const inner = isNonNullType(declared) ? declared.ofType : declared;
  if (isLeafType(inner)) {
    return inner.name === "Int" ? hash(`${name}${thing.id}`) >>> 1 : `${name} of ${thing.id}`;
  }
  const [typename = ""] = world.federation.rules.possibleNames(type, name);
  const number = thing.id.split("#")[1];
  const entity = number !== undefined && world.federation.rules.entities.has(typename);
  return { __typename: typename, id: entity ? `${typename}#${number}` : `${typename}~${thing.id}.${name}` };
}

/** Values of a field set in the data, in the order of the set. */
export function fieldSetValue(
  world: TestData,
  thing: DataObject,
  set: SelectionSetNode,
  type = thing.__typename,
): unknown {
  const { full } = world.federation;
  return set.selections.flatMap((selection): unknown[] => {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const on = selection.typeCondition?.name.value;
      return on === undefined || isA(full, thing.__typename, on)
        ? [fieldSetValue(world, thing, selection.selectionSet)]
        : [];
    }
    if (selection.kind !== Kind.FIELD || selection.name.value === "__typename") return [];
    const field = selection.name.value;
    const args = getArgumentValues(definitionOf(full, type, field), selection);
    const value = fieldValue(world, thing, type, field, args, requiredValues(world, thing, type, field));
    return [selection.selectionSet ? projected(world, value, selection.selectionSet) : value];
  });
}

/** Values that a field requires, as text; empty if it requires none. */
export function requiredValues(world: TestData, thing: DataObject, type: string, field: string): string {
  const set = world.federation.rules.requires.get(`${type}.${field}`);
  return set ? JSON.stringify(fieldSetValue(world, thing, set)) : "";
}

function projected(world: TestData, value: unknown, set: SelectionSetNode): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((each) => projected(world, each, set));
  return fieldSetValue(world, value as DataObject, set); // a field with a selection set is an object
}

/** True if an object type is, or is one of, another type. */
export function isA(schema: GraphQLSchema, typename: string, name: string): boolean {
  const [wide, narrow] = [schema.getType(name), schema.getType(typename)];
  return typename === name || (isAbstractType(wide) && isObjectType(narrow) && schema.isSubType(wide, narrow));
}

function bounded(seed: string): string {
  return seed.length < 80 ? seed : `${hash(seed).toString(36)}${hash(`2${seed}`).toString(36)}`;
}
