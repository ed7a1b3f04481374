import type { FetchNode, QueryPlanSelectionNode } from "@apollo/query-planner";
import { Kind, type SelectionSetNode } from "graphql";
import { compactUtf8 } from "../../utf8.ts";
import { isInherited, isJsonObject, type JsonObject, own, toJson } from "../json.ts";
import type { SchemaTypes } from "../schema-types.ts";
import { rewriter } from "./rewrites.ts";

/**
 * Writes what a subgraph must know of an object. Undefined if the object lacks something of it or is of another type; null if
 * it has it but no key, so that there is nothing to ask.
 */
export type WriteRepresentation = {
  (object: JsonObject): string | null | undefined;
  /** The one value that tells an object from others of its type, if it is a text and all there is to tell; then it has a representation. */
  identity(object: JsonObject): string | undefined;
};

/** A field that a subgraph needs; `key` is what comes before its value, and objects have fields of their own. */
type Needed = {
  key: string;
  name: string;
  inherited: boolean;
  fields: ((typename: unknown) => readonly Needed[]) | undefined;
};

/** @param fetch one of entities, with `requires`. */
export function representationWriter(fetch: FetchNode, types: SchemaTypes): WriteRepresentation {
  const fieldsOf = neededFields(fetch.requires ?? [], types);
  const rewrite = rewriter(fetch.inputRewrites, types);
  const keyChecks = new Map<readonly Needed[], (object: JsonObject) => boolean>();

  function keyCheckOf(typename: unknown, fields: readonly Needed[]) {
    const known = keyChecks.get(fields);
    if (known) return known;
    const check = keyCheck(fields, keysFor(typename, fetch, types));
    if (keyChecks.size < MOST_TYPES) keyChecks.set(fields, check);
    return check;
  }

  function write(object: JsonObject): string | null | undefined {
    const typename = object.__typename;
    const fields = fieldsOf(typename);
    if (fields.length === 0 || typeof typename !== "string") return undefined;
    const text = objectText(object, fields);
    if (text === undefined) return undefined;
    if (!keyCheckOf(typename, fields)(object)) return null;
    if (!rewrite) return text;
    const rewritten: unknown = JSON.parse(text);
    rewrite(rewritten);
    return JSON.stringify(rewritten);
  }

  function identity(object: JsonObject): string | undefined {
    const typename = object.__typename;
    const [first, second, third] = fieldsOf(typename);
    if (
      typeof typename !== "string" ||
      first?.name !== "__typename" ||
      !second ||
      third ||
      second.inherited ||
      second.fields
    )
      return undefined;
    const value = object[second.name];
    return typeof value === "string" ? value : undefined;
  }

  return Object.assign(write, { identity });
}

function objectText(object: JsonObject, fields: readonly Needed[]): string | undefined {
  let text = "";
  for (let index = 0; index < fields.length; index++) {
    const { key, name, inherited, fields: inner } = fields[index] as Needed; // within its bounds
    const value = inherited ? own(object, name) : object[name];
    if (value === undefined) return undefined;
    const part = inner ? nestedText(value, inner) : toJson(value);
    if (part === undefined) return undefined;
    text += key + part;
  }
  return text === "" ? "{}" : `${text}}`;
}

function nestedText(value: unknown, fieldsOf: NonNullable<Needed["fields"]>): string | undefined {
  if (Array.isArray(value)) {
    let text = "";
    for (const each of value) {
      const part = nestedText(each, fieldsOf);
      if (part === undefined) return undefined;
      text += text === "" ? part : `,${part}`;
    }
    return `[${text}]`;
  }
  if (!isJsonObject(value)) return value === null ? "null" : undefined;
  return objectText(value, fieldsOf(value.__typename));
}

/** The fields needed of objects of a type, those of all fragments that apply merged. */
function neededFields(selections: readonly QueryPlanSelectionNode[], types: SchemaTypes) {
  const known = new Map<unknown, readonly Needed[]>();
  return (typename: unknown): readonly Needed[] => {
    const found = known.get(typename);
    if (found) return found;
    const needed = [...merged(selections, typename, types)].map(([name, inner], index) => ({
      key: compactUtf8(`${index === 0 ? "{" : ","}${JSON.stringify(name)}:`),
      name,
      inherited: isInherited(name),
      fields: inner.length > 0 ? neededFields(inner, types) : undefined,
    }));
    if (known.size < MOST_TYPES) known.set(typename, needed);
    return needed;
  };
}

/** Type names come from subgraphs, so nobody may fill the memory with them. */
const MOST_TYPES = 1_000;

function merged(selections: readonly QueryPlanSelectionNode[], typename: unknown, types: SchemaTypes) {
  const fields = new Map<string, QueryPlanSelectionNode[]>();
  const add = (each: readonly QueryPlanSelectionNode[]) => {
    for (const selection of each) {
      if (selection.kind === "Field") {
        const name = selection.alias ?? selection.name;
        fields.set(name, [...(fields.get(name) ?? []), ...(selection.selections ?? [])]);
      } else if (selection.typeCondition === undefined || types.isOfType(typename, selection.typeCondition)) {
        add(selection.selections);
      }
    }
  };
  add(selections);
  return fields;
}

/** The keys under which the subgraph resolves objects of a type, or the interface for which a rewrite makes it ask. */
function keysFor(typename: unknown, { inputRewrites = [], serviceName }: FetchNode, types: SchemaTypes) {
  const rewritten = inputRewrites.flatMap((each) => (each.kind === "ValueSetter" ? [String(each.setValueTo)] : []));
  return [String(typename), ...rewritten].flatMap((name) => types.keysOf(name, serviceName));
}

/**
 * Nothing is asked about an object all of whose keys are null throughout: null identifies nothing. A key that is null in part
 * may still identify something, and what is required beside the keys may be null anyway.
 */
function keyCheck(fields: readonly Needed[], keys: readonly SelectionSetNode[]): (object: JsonObject) => boolean {
  const names = new Set(fields.map((each) => each.name));
  const held = keys.map(keyNames).filter((key) => key.length > 0 && key.every((name) => names.has(name)));
  if (held.length === 0) return () => true;
  return (object) => held.some((key) => key.some((name) => !isNull(own(object, name))));
}

function keyNames({ selections }: SelectionSetNode): string[] {
  return selections.flatMap((each) =>
    each.kind === Kind.FIELD && each.name.value !== "__typename" ? [each.name.value] : [],
  );
}

function isNull(value: unknown): boolean {
  return value === null || value === undefined;
}
