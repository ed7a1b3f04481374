import { compactUtf8, type Utf8 } from "../../utf8.ts";
import type { JsonObject } from "../json.ts";
import { JsonText, type TextField } from "./json-text.ts";

/** Position in the text of a response. `hasNumbers` is true once a number has been read. */
export type Cursor = { readonly json: Utf8; at: number; hasNumbers: boolean };

/** Reads the value at the cursor and moves the cursor behind it. Undefined if the text is not of the expected form. */
export type ReadValue = (cursor: Cursor) => unknown;

/** `key` is the JSON text before the value. */
export type FieldReader = { name: string; key: string; read: ReadValue };

const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET, COMMA, QUOTE, N] = [...'{}[],"n'].map((each) =>
  each.charCodeAt(0),
);
const MOST_TYPENAMES = 1_000;
/** Deepest nesting of lists in lists. */
const DEEPEST_LIST = 8;

// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids control characters in strings
const LEAF = /"[^"\\\u0000-\u001f]*"|null|true|false|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;

/** Reads a string without escapes, a number, a Boolean or null. */
export function readLeaf(cursor: Cursor): unknown {
  const { json, at } = cursor;
  LEAF.lastIndex = at;
  if (!LEAF.test(json)) return undefined;
  const end = LEAF.lastIndex;
  cursor.at = end;
  if (json.charCodeAt(at) === QUOTE) return json.slice(at + 1, end - 1);
  const value: unknown = JSON.parse(json.slice(at, end));
  if (typeof value === "number") cursor.hasNumbers = true;
  return value;
}

/** Reads a type name. It is copied once, because caches keep names and a slice would keep the whole response. */
export function typenameReader(): ReadValue {
  const known = new Map<unknown, string>();
  return (cursor) => {
    const name = readLeaf(cursor);
    if (typeof name !== "string") return name;
    const found = known.get(name) ?? compactUtf8(name);
    if (known.size < MOST_TYPENAMES) known.set(found, found);
    return found;
  };
}

/** Reads an item, or lists of items. */
export function listsOf(readItem: ReadValue): ReadValue {
  return (cursor) => readLists(cursor, readItem, 0);
}

function readLists(cursor: Cursor, readItem: ReadValue, depth: number): unknown {
  const { json } = cursor;
  if (json.charCodeAt(cursor.at) !== OPEN_BRACKET) return readItem(cursor);
  if (depth === DEEPEST_LIST) return undefined;
  const list: unknown[] = [];
  cursor.at++;
  if (json.charCodeAt(cursor.at) === CLOSE_BRACKET) {
    cursor.at++;
    return list;
  }
  for (;;) {
    const element = readLists(cursor, readItem, depth + 1);
    if (element === undefined) return undefined;
    list.push(element);
    const next = json.charCodeAt(cursor.at++);
    if (next === CLOSE_BRACKET) return list;
    if (next !== COMMA) return undefined;
  }
}

/** Reads an object that has exactly these fields in this order, or null. */
export function objectReader(fields: readonly FieldReader[]): ReadValue {
  return (cursor) => {
    const { json } = cursor;
    if (json.charCodeAt(cursor.at) !== OPEN_BRACE)
      return json.charCodeAt(cursor.at) === N ? readLeaf(cursor) : undefined;
    const object: JsonObject = {};
    for (let index = 0; index < fields.length; index++) {
      const { name, key, read } = fields[index] as FieldReader; // within its bounds
      if (!json.startsWith(key, cursor.at)) return undefined;
      cursor.at += key.length;
      const value = read(cursor);
      if (value === undefined) return undefined;
      object[name] = value;
    }
    return json.charCodeAt(cursor.at++) === CLOSE_BRACE ? object : undefined;
  };
}

/** Leaves a value as text while responses want it so and its text matches the pattern; reads any other value. */
export function textReader(field: TextField, otherwise: ReadValue): ReadValue {
  const pattern = new RegExp(field.pattern, "y");
  return (cursor) => {
    if (!field.isWanted) return otherwise(cursor);
    const { json, at } = cursor;
    pattern.lastIndex = at;
    if (!pattern.test(json)) return otherwise(cursor);
    cursor.at = pattern.lastIndex;
    return json.charCodeAt(at) === N ? null : new JsonText(json.slice(at, cursor.at) as Utf8, field);
  };
}
