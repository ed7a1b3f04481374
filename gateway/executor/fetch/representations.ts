import type { FetchNode, QueryPlanSelectionNode } from "@apollo/query-planner";
import { Kind, type SelectionSetNode } from "graphql";
import { parseExactly } from "../../json-numbers.ts";
import { compactUtf8 } from "../../utf8.ts";
import { isInherited, isJsonObject, type JsonObject, own, toJson } from "../json.ts";
import type { SchemaTypes } from "../schema-types.ts";
import { rewriter } from "./rewrites.ts";

/**
 * Writes the representation of an object. Undefined if the object lacks a required field or has another type; null if it has all
 * required fields but no key, so that there is nothing to query.
 */
export type WriteRepresentation = {
  (object: JsonObject): string | null | undefined;
  /** Key value of an object whose representation consists of the type and one string; undefined for all others. */
  identity(object: JsonObject): string | undefined;
};

/** A field of a representation. `key` is the JSON text before its value; `fields` is defined for objects. */
type RequiredField = {
  key: string;
  name: string;
  inherited: boolean;
  fields: ((typename: unknown) => readonly RequiredField[]) | undefined;
};

/** @param fetch an entity fetch, which has `requires`. */
export function representationWriter(fetch: FetchNode, types: SchemaTypes): WriteRepresentation {
  const fieldsOf = requiredFields(fetch.requires ?? [], types);
  const rewrite = rewriter(fetch.inputRewrites, types);
  const keyChecks = new Map<readonly RequiredField[], (object: JsonObject) => boolean>();

  function keyCheckOf(typename: unknown, fields: readonly RequiredField[]) {
    const known = keyChecks.get(fields);
    if (known) return known;
    const check = keyCheck(fields, keysFor(typename, fetch, types));
    if (keyChecks.size < MAX_TYPES) keyChecks.set(fields, check);
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
    const rewritten = parseExactly(text);
    rewrite(rewritten);
    return toJson(rewritten);
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

function objectText(object: JsonObject, fields: readonly RequiredField[]): string | undefined {
  let text = "";
  for (let index = 0; index < fields.length; index++) {
    const { key, name, inherited, fields: inner } = fields[index] as RequiredField; // within its bounds
    const value = inherited ? own(object, name) : object[name];
    if (value === undefined) return undefined;
    const part = inner ? nestedText(value, inner) : toJson(value);
    if (part === undefined) return undefined;
    text += key + part;
  }
  return text === "" ? "{}" : `${text}}`;
}

function nestedText(value: unknown, fieldsOf: NonNullable<RequiredField["fields"]>): string | undefined {
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

/** Bound of caches by type name, since subgraphs could send any number of names. */
const MAX_TYPES = 1_000;

/** Required fields of objects by type, merged from all fragments that apply to the type. */
function requiredFields(selections: readonly QueryPlanSelectionNode[], types: SchemaTypes) {
  const known = new Map<unknown, readonly RequiredField[]>();
  return (typename: unknown): readonly RequiredField[] => {
    const found = known.get(typename);
    if (found) return found;
    const fields = [...mergedSelections(selections, typename, types)].map(([name, { sentName, inner }], index) => ({
      key: compactUtf8(`${index === 0 ? "{" : ","}${JSON.stringify(sentName)}:`),
      name,
      inherited: isInherited(name),
      fields: inner.length > 0 ? requiredFields(inner, types) : undefined,
    }));
    if (known.size < MAX_TYPES) known.set(typename, fields);
    return fields;
  };
}

/** By name in the merged data, which is the alias; the subgraph knows the field by its own name. */
function mergedSelections(selections: readonly QueryPlanSelectionNode[], typename: unknown, types: SchemaTypes) {
  const fields = new Map<string, { sentName: string; inner: QueryPlanSelectionNode[] }>();
  const add = (each: readonly QueryPlanSelectionNode[]) => {
    for (const selection of each) {
      if (selection.kind === "Field") {
        const name = selection.alias ?? selection.name;
        const inner = [...(fields.get(name)?.inner ?? []), ...(selection.selections ?? [])];
        fields.set(name, { sentName: selection.name, inner });
      } else if (selection.typeCondition === undefined || types.isOfType(typename, selection.typeCondition)) {
        add(selection.selections);
      }
    }
  };
  add(selections);
  return fields;
}

/** Keys under which the subgraph resolves a type, or the interface that an input rewrite puts in its place. */
function keysFor(typename: unknown, { inputRewrites = [], serviceName }: FetchNode, types: SchemaTypes) {
  const rewritten = inputRewrites.flatMap((each) => (each.kind === "ValueSetter" ? [String(each.setValueTo)] : []));
  return [String(typename), ...rewritten].flatMap((name) => types.keysOf(name, serviceName));
}

/**
 * Rejects objects all of whose keys are entirely null, since null identifies nothing. A partly null key may still identify an
 * entity, and required fields beside the keys may be null.
 */
function keyCheck(
  fields: readonly RequiredField[],
  keys: readonly SelectionSetNode[],
): (object: JsonObject) => boolean {
  const names = new Set(fields.map((each) => each.name));
  const present = keys.map(keyNames).filter((key) => key.length > 0 && key.every((name) => names.has(name)));
  if (present.length === 0) return () => true;
  return (object) => present.some((key) => key.some((name) => !isNull(own(object, name))));
}

function keyNames({ selections }: SelectionSetNode): string[] {
  return selections.flatMap((each) =>
    each.kind === Kind.FIELD && each.name.value !== "__typename" ? [each.name.value] : [],
  );
}

function isNull(value: unknown): boolean {
  return value === null || value === undefined;
}
